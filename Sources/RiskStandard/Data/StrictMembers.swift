/// The place of a member in its file: `rules[3].when.all[0].fact`.
func place(_ path: [any CodingKey]) -> String {
    path.reduce(into: "") { place, key in
        if let index = key.intValue {
            place += "[\(index)]"
        } else {
            place += place.isEmpty ? key.stringValue : ".\(key.stringValue)"
        }
    }
}

extension Decoder {
    /// The members of an object, which must all be among the keys: a misspelt member that is
    /// passed over would quietly change a law.
    func members<Key: CodingKey>(_ keys: Key.Type) throws -> KeyedDecodingContainer<Key> {
        for name in try container(keyedBy: MemberName.self).allKeys
        where Key(stringValue: name.stringValue) == nil {
            throw StandardError.invalid(at: place(codingPath), .unknownMember(name.stringValue))
        }
        return try container(keyedBy: keys)
    }
}

extension KeyedDecodingContainer {
    /// A text that is not empty and at most ``Standard/textBytesMax`` long.
    func text(_ key: Key) throws -> String {
        let text = try decode(String.self, forKey: key)
        guard !text.isEmpty else { throw error(key, .empty) }
        guard text.utf8.count <= Standard.textBytesMax else {
            throw error(key, .tooMany(max: Standard.textBytesMax))
        }
        return text
    }

    /// A whole number.
    func integer(_ key: Key) throws -> Int {
        guard contains(key) else { throw error(key, .missing) }
        // The decoder does not say where it found a fraction.
        guard let number = try? decode(Int.self, forKey: key) else {
            throw error(key, .wrongType)
        }
        return number
    }

    /// A value that is written as text.
    func value<Value>(
        _ key: Key, _ problem: StandardError.Problem, _ read: (String) -> Value?
    ) throws -> Value {
        guard let value = read(try decode(String.self, forKey: key)) else {
            throw error(key, problem)
        }
        return value
    }

    /// A class.
    func riskClass(_ key: Key) throws -> RiskClass {
        let text = try decode(String.self, forKey: key)
        guard let riskClass = RiskClass(rawValue: text) else {
            throw error(key, .unknownClass(text))
        }
        return riskClass
    }

    /// A list that is not empty and not longer than `max`.
    func list<Element: Decodable>(_ key: Key, max: Int) throws -> [Element] {
        let list = try decode([Element].self, forKey: key)
        guard !list.isEmpty else { throw error(key, .empty) }
        guard list.count <= max else { throw error(key, .tooMany(max: max)) }
        return list
    }

    /// The problem at the place of a member.
    func error(_ key: Key, _ problem: StandardError.Problem) -> StandardError {
        .invalid(at: place(codingPath + [key]), problem)
    }
}

/// Any member's name.
private struct MemberName: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}
