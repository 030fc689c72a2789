import StrictJSON

/// A value of a directory document with its place in it. Every check of a single value is made
/// here, so that every complaint names its path.
struct DirectoryField {
    let value: JSONValue
    let path: JSONPath

    /// The error that the value at this place breaks `rule`.
    func breaks(_ rule: DirectoryRule) -> DirectoryError {
        .invalid(path: path.description, rule: rule)
    }

    /// The members of an object that has no others than `known`.
    func members(known: [String]) throws(DirectoryError) -> DirectoryMembers {
        guard case .object(let members) = value else { throw breaks(.kind(.object)) }
        for member in members where !known.contains(where: member.hasName) {
            throw field(member.name, .null).breaks(.unknown)
        }
        return DirectoryMembers(members: members, object: self)
    }

    /// The elements of a list.
    func elements(count: ClosedRange<Int>) throws(DirectoryError) -> [DirectoryField] {
        guard case .array(let elements) = value else { throw breaks(.kind(.array)) }
        guard count.contains(elements.count) else { throw breaks(.count(count)) }
        return elements.enumerated().map { index, element in
            DirectoryField(value: element, path: .element(of: path, index: index))
        }
    }

    /// The elements of a list, each read by `read`.
    func list<Element>(
        count: ClosedRange<Int>, of read: (DirectoryField) throws(DirectoryError) -> Element
    ) throws(DirectoryError) -> [Element] {
        try elements(count: count).map(read)
    }

    /// The elements of a list in which no element stands twice.
    func distinct<Element: Hashable>(
        count: ClosedRange<Int>, of read: (DirectoryField) throws(DirectoryError) -> Element
    ) throws(DirectoryError) -> [Element] {
        var seen: Set<Element> = []
        return try list(count: count) { field throws(DirectoryError) in
            let element = try read(field)
            guard seen.insert(element).inserted else { throw field.breaks(.duplicate) }
            return element
        }
    }

    /// The field of this object under `key`. A key that is no plain word is not repeated in errors.
    fileprivate func field(_ key: String, _ value: JSONValue) -> DirectoryField {
        let shown = KeyName(key) == nil ? "?" : key
        return DirectoryField(value: value, path: .member(of: path, key: shown))
    }
}

/// The members of an object, all of known names.
struct DirectoryMembers {
    fileprivate let members: [JSONMember]
    fileprivate let object: DirectoryField

    /// The member that must be there.
    func required(_ key: String) throws(DirectoryError) -> DirectoryField {
        guard let field = optional(key) else { throw object.field(key, .null).breaks(.missing) }
        return field
    }

    /// The member that may be absent or null, which mean the same.
    func optional(_ key: String) -> DirectoryField? {
        guard let member = members.first(where: { $0.hasName(key) }), member.value != .null else {
            return nil
        }
        return object.field(key, member.value)
    }

    /// The list that may be absent, which means the same as empty.
    func listOrEmpty<Element>(
        _ key: String, countMax: Int,
        of read: (DirectoryField) throws(DirectoryError) -> Element
    ) throws(DirectoryError) -> [Element] {
        guard let field = optional(key) else { return [] }
        return try field.list(count: 0...countMax, of: read)
    }
}
