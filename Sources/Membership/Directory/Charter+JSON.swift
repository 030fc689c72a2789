import StrictJSON

extension Charter {
    /// The length of the consortium's name in bytes of UTF-8.
    public static let nameBytes = 1...256
    /// The most schemes.
    public static let schemesMax = 32
    /// The most purposes.
    public static let purposesMax = 64
    /// The most rules for what is displayed.
    public static let displayRulesMax = 16

    init(_ field: DirectoryField) throws(DirectoryError) {
        let members = try field.members(known: [
            "name", "standard", "scope", "schemes", "purposes", "nameCheck", "masking",
            "openingRegulator", "witnessQuorum", "quotas", "intervals", "withdrawal", "retention",
            "negativeNotice", "displayRules",
        ])
        name = try members.required("name").plainText(bytes: Self.nameBytes)
        standard = try members.required("standard").standard()
        scope = try members.required("scope").choice()
        schemes = try members.required("schemes").schemes()
        purposes = try members.required("purposes").distinct(count: 1...Self.purposesMax) {
            field throws(DirectoryError) in try field.term()
        }
        nameCheck = try members.required("nameCheck").choice()
        masking = try members.required("masking").choice()
        openingRegulator = try members.optional("openingRegulator")?.name()
        witnessQuorum = try members.required("witnessQuorum").integer(
            in: 0...Directory.witnessesMax)
        quotas = try Quotas(members.required("quotas"))
        intervals = try Intervals(members.required("intervals"))
        withdrawal = try Withdrawal(members.required("withdrawal"))
        retention = try Retention(members.required("retention"))
        negativeNotice = try members.optional("negativeNotice")?.choice() ?? .required
        displayRules = try members.optional("displayRules")?.displayRules() ?? []
    }

    var json: JSONValue {
        .members([
            "name": .string(name),
            "standard": .string(standard),
            "scope": .string(scope.rawValue),
            "schemes": .array(schemes.map(\.json)),
            "purposes": .strings(purposes),
            "nameCheck": .string(nameCheck.rawValue),
            "masking": .string(masking.rawValue),
            "openingRegulator": openingRegulator.map { .string($0.text) },
            "witnessQuorum": .integer(witnessQuorum),
            "quotas": quotas.json,
            "intervals": intervals.json,
            "withdrawal": withdrawal.json,
            "retention": retention.json,
            "negativeNotice": .string(negativeNotice.rawValue),
            "displayRules": .array(displayRules.map(\.json)),
        ])
    }
}

extension DirectoryField {
    /// A standard with its version, such as `cn-2023@1`.
    fileprivate func standard() throws(DirectoryError) -> String {
        let text = try string()
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, Name<TermRule>(String(parts[0])) != nil,
            (1...4).contains(parts[1].utf8.count), parts[1].utf8.allSatisfy(\.isDigit),
            parts[1].utf8.first != UInt8(ascii: "0")
        else { throw breaks(.pattern("\(TermRule.summary)@[1-9][0-9]{0,3}")) }
        return text
    }

    fileprivate func schemes() throws(DirectoryError) -> [Charter.Scheme] {
        var names: Set<String> = []
        return try list(count: 1...Charter.schemesMax) { field throws(DirectoryError) in
            let members = try field.members(known: ["scheme", "pattern"])
            let name = try members.required("scheme")
            guard names.insert(try name.term()).inserted else { throw name.breaks(.duplicate) }
            let pattern = try members.optional("pattern")?
                .plainText(bytes: 1...Charter.Scheme.patternBytesMax)
            return Charter.Scheme(name: try name.term(), pattern: pattern)
        }
    }
}

extension Charter.Scheme {
    fileprivate var json: JSONValue {
        .members(["scheme": .string(name), "pattern": pattern.map { .string($0) }])
    }
}

extension Charter {
    /// Reads a charter that stands alone: the value of `charter` in `members.json`.
    ///
    /// - Throws: ``DirectoryError`` for the first rule that it breaks.
    public init(json bytes: [UInt8]) throws(DirectoryError) {
        guard bytes.count <= Directory.bytesMax else { throw .tooLarge }
        let document: JSONValue
        do {
            let limits = JSONLimits(documentBytesMax: Directory.bytesMax)
            document = try JSONValue(parsing: bytes, limits: limits)
        } catch .malformed(let fault, let offset) {
            throw .unreadable(fault, offset: offset)
        } catch {
            throw .unreadable(.syntax, offset: 0)
        }
        try self.init(DirectoryField(value: document, path: .root))
    }
}
