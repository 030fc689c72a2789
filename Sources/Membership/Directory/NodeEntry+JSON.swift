import StrictJSON

extension NodeEntry {
    /// The length of an operator's name in bytes of UTF-8.
    public static let operatorNameBytes = 1...256
    /// The most features of a node.
    public static let featuresMax = 32
    /// The most answer-signing keys of a node, old and coming ones included.
    public static let answerKeysMax = 8
    /// The most VOPRF keys of a node, retiring and coming ones included.
    public static let voprfKeysMax = 8

    init(_ field: DirectoryField, consortium: ConsortiumID) throws(DirectoryError) {
        let members = try field.members(known: [
            "id", "operator", "endpoint", "status", "features", "answerKeys", "voprfKeys", "log",
        ])
        id = try members.required("id").name()
        operatorName = try members.required("operator").plainText(bytes: Self.operatorNameBytes)
        let endpoint = try members.required("endpoint")
        guard let parsed = Endpoint(try endpoint.string()) else { throw endpoint.breaks(.endpoint) }
        self.endpoint = parsed
        status = try members.required("status").choice()
        features = try Self.features(members)
        answerKeys = try members.listOrEmpty(
            "answerKeys", countMax: Self.answerKeysMax, of: SigningKeyEntry.init)
        voprfKeys = try members.listOrEmpty(
            "voprfKeys", countMax: Self.voprfKeysMax, of: VOPRFKeyEntry.init)
        if let log = members.optional("log") {
            self.log = try NodeLog(log, node: id, consortium: consortium)
        } else {
            log = nil
        }
    }

    /// `features` of a node, where they are there.
    static func features(_ members: DirectoryMembers) throws(DirectoryError) -> [String] {
        try members.optional("features")?.distinct(count: 0...featuresMax) {
            field throws(DirectoryError) in try field.term()
        } ?? []
    }

    var json: JSONValue {
        .members([
            "id": .string(id.text),
            "operator": .string(operatorName),
            "endpoint": .string(endpoint.description),
            "status": .string(status.rawValue),
            "features": .strings(features),
            "answerKeys": .array(answerKeys.map(\.json)),
            "voprfKeys": .array(voprfKeys.map(\.json)),
            "log": log?.json,
        ])
    }
}
