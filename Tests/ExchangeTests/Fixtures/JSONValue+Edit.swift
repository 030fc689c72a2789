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
        switch (self, step) {
        case (.object(var members), .member(let name)):
            let index = members.firstIndex { $0.hasName(name) }
            let old = index.map { members.remove(at: $0).value }
            let new = rest.isEmpty ? try edit(old) : try old.orThrow.editing(rest, edit)
            if let new { members.insert(JSONMember(name, new), at: index ?? members.endIndex) }
            return .object(members)
        case (.array(var elements), .element(let index)) where elements.indices.contains(index):
            let old = elements[index]
            elements[index] = try rest.isEmpty ? edit(old).orThrow : old.editing(rest, edit)
            return .array(elements)
        default: throw JSONEditError.noSuchPlace
        }
    }
}

extension JSONValue? {
    fileprivate var orThrow: JSONValue {
        get throws {
            guard let self else { throw JSONEditError.noSuchPlace }
            return self
        }
    }
}

/// The test names a place that the document does not have.
enum JSONEditError: Error {
    case noSuchPlace
}
