import StrictJSON
import Testing

/// One step into a document: a member's name or an element's place.
enum JSONStep: Sendable, Equatable {
    case member(String)
    case element(Int)
}

extension JSONValue {
    /// The steps of a path such as `queries[0].consent.basis`.
    static func steps(_ path: String) -> [JSONStep] {
        path.split(whereSeparator: { ".[".contains($0) }).map { part in
            part.last == "]" ? .element(Int(part.dropLast()) ?? -1) : .member(String(part))
        }
    }

    /// The document with the value at a path put in place of what is there, or added.
    func setting(_ path: String, to value: JSONValue) throws -> JSONValue {
        try editing(Self.steps(path)[...]) { _ in value }
    }

    /// The document without the member at a path, which must be there.
    func removing(_ path: String) throws -> JSONValue {
        try editing(Self.steps(path)[...]) { old in
            _ = try #require(old, "nothing at \(path)")
            return nil
        }
    }

    /// The value at a path.
    func value(at path: String) throws -> JSONValue {
        try Self.steps(path).reduce(self) { value, step in
            switch step {
            case .member(let name):
                guard case .object(let members) = value else { throw JSONEditError.noSuchPlace }
                return try #require(members.first { $0.hasName(name) }).value
            case .element(let index):
                return try #require(value.elements?[index])
            }
        }
    }

    private func editing(
        _ steps: ArraySlice<JSONStep>, _ edit: (JSONValue?) throws -> JSONValue?
    ) throws -> JSONValue {
        guard let step = steps.first else { throw JSONEditError.noSuchPlace }
        let rest = steps.dropFirst()
        let change = { (old: JSONValue?) -> JSONValue? in
            guard !rest.isEmpty else { return try edit(old) }
            guard let old else { throw JSONEditError.noSuchPlace }
            return try old.editing(rest, edit)
        }
        switch (self, step) {
        case (.object(var members), .member(let name)):
            let index = members.firstIndex { $0.hasName(name) }
            let value = try change(index.map { members[$0].value })
            if let index { members.remove(at: index) }
            if let value {
                members.insert(JSONMember(name, value), at: index ?? members.endIndex)
            }
            return .object(members)
        case (.array(var elements), .element(let index)) where elements.indices.contains(index):
            guard let value = try change(elements[index]) else { throw JSONEditError.noSuchPlace }
            elements[index] = value
            return .array(elements)
        default: throw JSONEditError.noSuchPlace
        }
    }
}

/// The test names a place that the document does not have.
enum JSONEditError: Error {
    case noSuchPlace
}
