import TUF

extension DirectoryChange {
    /// What one root changes against another; nil: against nothing.
    static func between(_ old: RootMetadata?, _ new: RootMetadata) -> [DirectoryChange] {
        let rules = SigningRules(new)
        let before = old.map(SigningRules.init)
        let title =
            old.map {
                DirectoryChange(
                    "root version \($0.head.version) becomes \(new.head.version)",
                    "根元数据版本 \($0.head.version) 改为 \(new.head.version)")
            } ?? DirectoryChange("first root", "首个根元数据")
        let threshold = DirectoryChange(
            "\(rules.threshold) of \(rules.officers.count) officers must sign"
                + (before.map { "; it was \($0.threshold) of \($0.officers.count)" } ?? ""),
            "须由 \(rules.officers.count) 名签署官中的 \(rules.threshold) 名签署"
                + (before.map { "；原为 \($0.officers.count) 名中的 \($0.threshold) 名" } ?? ""))
        let expiry = DirectoryChange(
            "it holds until \(new.head.expires)", "有效期至 \(new.head.expires)")
        return [title]
            + keys(before?.officers ?? [], rules.officers, ("officer", "签署官"))
            + keys(before?.online ?? [], rules.online, ("online key", "在线密钥"))
            + [threshold, expiry]
    }

    private static func keys(
        _ old: [MetadataKey], _ new: [MetadataKey], _ kind: (String, String)
    ) -> [DirectoryChange] {
        let gone = old.filter { key in !new.contains { $0.keyID == key.keyID } }.map {
            DirectoryChange(
                "\(kind.0) \($0.name) (\($0.keyID.prefix(16))) goes",
                "\(kind.1) \($0.name)（\($0.keyID.prefix(16))）移除")
        }
        let come = new.filter { key in !old.contains { $0.keyID == key.keyID } }.map {
            DirectoryChange(
                "\(kind.0) \($0.name) (\($0.keyID.prefix(16))) comes",
                "\(kind.1) \($0.name)（\($0.keyID.prefix(16))）加入")
        }
        return gone + come
    }
}
