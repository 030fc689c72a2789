import Membership

/// The members of an invitation as people write them down: a file with a line for each, so that one
/// ceremony covers all lenders of a hosting node, or single words on a command line.
public enum MemberList {
    /// The header of a file.
    public static let header = "id,role,legalName"
    /// That of a file that says which lenders begin on trial.
    public static let headerWithStatus = "id,role,status,legalName"

    /// Reads a file: one of the headers, then a line for each member. The name is the rest of its line,
    /// in quotes (RFC 4180) or not.
    ///
    /// - Throws: `AuthorityError.file` with the line that is wrong; what the name may be, the
    ///   invitation checks.
    public static func members(
        csv bytes: [UInt8], name: String
    ) throws(AuthorityError) -> [InvitedMember] {
        let text = String(decoding: bytes, as: UTF8.self)
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        let first = String((lines.first ?? "").drop { $0 == "\u{FEFF}" })
        guard [header, headerWithStatus].contains(first) else {
            throw .file(name, "must begin with the line \(header) or \(headerWithStatus)")
        }
        var members: [InvitedMember] = []
        for (index, line) in lines.enumerated().dropFirst() where !line.isEmpty {
            guard let member = member(line: line, hasStatus: first == headerWithStatus) else {
                throw .file(name, "line \(index + 1) is not \(first)")
            }
            members.append(member)
        }
        return members
    }

    private static func member(line: Substring, hasStatus: Bool) -> InvitedMember? {
        let columns = hasStatus ? 4 : 3
        let parts = line.split(
            separator: ",", maxSplits: columns - 1, omittingEmptySubsequences: false)
        guard parts.count == columns, let id = MemberID(String(parts[0])),
            let role = MemberEntry.Role(rawValue: String(parts[1])),
            let status = hasStatus ? MemberEntry.Status(rawValue: String(parts[2])) : .active,
            let legalName = unquoted(parts[columns - 1])
        else { return nil }
        return InvitedMember(id: id, legalName: legalName, role: role, status: status)
    }

    /// Reads `ID=Legal name` or `ID=Legal name:role`; nil for anything else.
    public static func member(_ text: String) -> InvitedMember? {
        guard let equals = text.firstIndex(of: "="), let id = MemberID(String(text[..<equals]))
        else { return nil }
        let rest = text[text.index(after: equals)...]
        guard let colon = rest.lastIndex(of: ":"),
            let role = MemberEntry.Role(rawValue: String(rest[rest.index(after: colon)...]))
        else { return InvitedMember(id: id, legalName: String(rest)) }
        return InvitedMember(id: id, legalName: String(rest[..<colon]), role: role)
    }

    private static func unquoted(_ text: Substring) -> String? {
        guard text.first == "\"" else { return String(text) }
        guard text.count >= 2, text.last == "\"" else { return nil }
        let inner = text.dropFirst().dropLast()
        let bare = inner.replacing("\"\"", with: "")
        return bare.contains("\"") ? nil : String(inner.replacing("\"\"", with: "\""))
    }
}

extension InvitedMember {
    /// The same on trial, as far as it is a lender.
    public var onTrial: InvitedMember {
        guard role == .lender else { return self }
        return InvitedMember(
            id: id, legalName: legalName, role: role, status: .trial, supervises: supervises)
    }
}
