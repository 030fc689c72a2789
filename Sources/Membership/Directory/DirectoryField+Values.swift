import Ed25519

extension DirectoryField {
    func string() throws(DirectoryError) -> String {
        guard case .string(let text) = value else { throw breaks(.kind(.string)) }
        return text
    }

    func integer(in range: ClosedRange<Int>) throws(DirectoryError) -> Int {
        guard case .integer(let number) = value else { throw breaks(.kind(.integer)) }
        guard range.contains(number) else { throw breaks(.range(range)) }
        return number
    }

    func name<Rule>() throws(DirectoryError) -> Name<Rule> {
        guard let name = Name<Rule>(try string()) else { throw breaks(.pattern(Rule.summary)) }
        return name
    }

    /// A short word of the charter: a scheme, a purpose, a feature.
    func term() throws(DirectoryError) -> String {
        let name: Name<TermRule> = try name()
        return name.text
    }

    func choice<Choice: RawRepresentable & CaseIterable>() throws(DirectoryError) -> Choice
    where Choice.RawValue == String {
        guard let choice = Choice(rawValue: try string()) else {
            throw breaks(.choice(Choice.allCases.map(\.rawValue)))
        }
        return choice
    }

    /// Text that people read on a screen: nothing in it can hide or reorder other text.
    func plainText(bytes: ClosedRange<Int>) throws(DirectoryError) -> String {
        let text = try string()
        guard bytes.contains(text.utf8.count),
            text.unicodeScalars.allSatisfy({ !$0.properties.generalCategory.disguises }),
            text.first?.isWhitespace == false, text.last?.isWhitespace == false
        else { throw breaks(.plainText(bytes)) }
        return text
    }

    func publicKey() throws(DirectoryError) -> PublicKeyBytes {
        guard let key = PublicKeyBytes(base64URL: try string()) else { throw breaks(.publicKey) }
        return key
    }

    /// An Ed25519 key that binds its holder.
    func signingKey() throws(DirectoryError) -> PublicKeyBytes {
        let key = try publicKey()
        guard !WeakPoint.isWeak(key.bytes) else { throw breaks(.weakKey) }
        return key
    }

    /// A verifier key of this algorithm and, where the protocol prescribes it, this name.
    func verifierKey(
        _ algorithm: VerifierKey.Algorithm, name: String
    ) throws(DirectoryError) -> VerifierKey {
        guard let key = VerifierKey(try string()), key.algorithm == algorithm else {
            throw breaks(.verifierKey)
        }
        guard key.name == name else { throw breaks(.verifierKeyName) }
        guard !WeakPoint.isWeak(key.publicKey.bytes) else { throw breaks(.weakKey) }
        return key
    }
}

extension Unicode.GeneralCategory {
    fileprivate var disguises: Bool {
        switch self {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
