extension LoanFacts {
    /// The facts as name and value, in the order of ``names``; absent facts are left out.
    ///
    /// Lossless: `LoanFacts(fields:)` gives the same facts back.
    public var fields: [(name: String, value: FactValue)] {
        Name.allCases.compactMap { name in
            value(of: name).map { (name.rawValue, $0) }
        }
    }

    /// Reads facts from names and values in any order.
    ///
    /// What facts say together is judged later, by ``check()``: a contradiction is a finding about
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
    func value(of name: Name) -> FactValue? {
        switch name.slot {
        case .flag(let path): self[keyPath: path].value(FactValue.bool)
        case .number(let path, _): self[keyPath: path].value(FactValue.integer)
        }
    }

    private mutating func set(_ name: Name, to value: FactValue) throws(FactsError) {
        switch (name.slot, value) {
        case (.flag(let path), .null): self[keyPath: path] = .unknown
        case (.flag(let path), .bool(let holds)): self[keyPath: path] = .known(holds)
        case (.number(let path, _), .null): self[keyPath: path] = .unknown
        case (.number(let path, let range), .integer(let number)):
            guard range.contains(number) else { throw .outOfRange(name, range) }
            self[keyPath: path] = .known(number)
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
