extension LoanFacts {
    /// The facts as name and value, in the order of ``names``; absent facts are left out.
    ///
    /// Lossless: `LoanFacts(fields:)` gives the same facts back.
    public var fields: [(name: String, value: FactValue)] {
        // Key paths are slow, and most facts of most loans are absent.
        let stated = marks.stated
        return Name.allCases.compactMap { name in
            guard stated & name.bit != 0 else { return nil }
            return value(of: name).map { (name.rawValue, $0) }
        }
    }

    /// Reads facts from names and values in any order.
    ///
    /// What facts say together is judged later, by ``check(asOf:opened:)``: a contradiction is a finding about
    /// whoever stated it, not a fault of the message.
    ///
    /// - Throws: `FactsError`: a name outside the list, a name given twice, a value of the wrong
    ///   kind or out of range.
    public init(fields: [(name: String, value: FactValue)]) throws(FactsError) {
        self.init()
        for field in fields {
            guard let name = Name(rawValue: field.name) else {
                throw .unknownName(UnknownFactName(field.name))
            }
            guard value(of: name) == nil else { throw .duplicate(name) }
            try set(name, to: field.value)
        }
    }

    /// The value of a fact, nil when it is absent.
    public func value(of name: Name) -> FactValue? {
        switch name.slot {
        case .flag(let path): self[keyPath: path].value(FactValue.bool)
        case .number(let path, _): self[keyPath: path].value(FactValue.integer)
        case .date(let path): self[keyPath: path].value(FactValue.date)
        }
    }

    /// Sets a fact.
    ///
    /// - Throws: `FactsError.wrongType` or `.outOfRange`, and nothing is changed.
    public mutating func set(_ name: Name, to value: FactValue) throws(FactsError) {
        switch (name.slot, value) {
        case (.flag(let path), .null): self[keyPath: path] = .unknown
        case (.flag(let path), .bool(let holds)): self[keyPath: path] = .known(holds)
        case (.number(let path, _), .null): self[keyPath: path] = .unknown
        case (.number(let path, let range), .integer(let number)):
            guard range.contains(number) else { throw .outOfRange(name, range) }
            self[keyPath: path] = .known(number)
        case (.date(let path), .null): self[keyPath: path] = .unknown
        case (.date(let path), .date(let day)): self[keyPath: path] = .known(day)
        default: throw .wrongType(name)
        }
    }
}

extension Fact {
    /// The fact on the wire, nil when absent.
    fileprivate func value(_ known: (Value) -> FactValue) -> FactValue? {
        switch self {
        case .absent: nil
        case .unknown: .null
        case .known(let value): known(value)
        }
    }
}

extension LoanFacts: CustomStringConvertible {
    /// The facts that are not absent, in the order of ``names``.
    public var description: String {
        "[" + fields.map { "\($0.name): \($0.value)" }.joined(separator: ", ") + "]"
    }
}

extension FactValue: CustomStringConvertible {
    /// The value as a file writes it.
    public var description: String {
        switch self {
        case .null: "null"
        case .bool(let holds): "\(holds)"
        case .integer(let number): "\(number)"
        case .date(let day): "\(day)"
        }
    }
}
