import StrictJSON

@testable import Membership

/// One change to a document, for tables of what must be refused.
enum JSONEdit: Sendable {
    /// Puts this value in the place, which may be new in its object.
    case set(JSONValue)
    /// Takes the place's value away.
    case remove
    /// Adds this value to the list in this place.
    case append(JSONValue)
    /// Copies the last element of the list in this place as often as makes the list so long.
    case grow(to: Int)
}

extension JSONValue {
    /// The document after `edit` at `path`, written as errors write it: `nodes[0].id`.
    func edited(at path: String, _ edit: JSONEdit) -> JSONValue {
        let steps = path.replacing("[", with: ".").replacing("]", with: "").split(separator: ".")
        return edited(at: steps[...], edit) ?? .null
    }

    private func edited(at steps: ArraySlice<Substring>, _ edit: JSONEdit) -> JSONValue? {
        guard let step = steps.first else { return applying(edit) }
        switch self {
        case .object(var members):
            let index = members.firstIndex { $0.name == step } ?? members.count
            let old = index < members.count ? members[index].value : .null
            let new = old.edited(at: steps.dropFirst(), edit)
            members.replaceSubrange(
                index..<min(index + 1, members.count),
                with: new.map { [JSONMember(String(step), $0)] } ?? [])
            return .object(members)
        case .array(var elements):
            guard let index = Int(step), elements.indices.contains(index) else { return self }
            let new = elements[index].edited(at: steps.dropFirst(), edit)
            elements.replaceSubrange(index...index, with: new.map { [$0] } ?? [])
            return .array(elements)
        default:
            return self
        }
    }

    private func applying(_ edit: JSONEdit) -> JSONValue? {
        switch (edit, self) {
        case (.set(let value), _): return value
        case (.remove, _): return nil
        case (.append(let value), .array(let elements)): return .array(elements + [value])
        case (.grow(let count), .array(let elements)):
            guard let last = elements.last else { return self }
            return .array(elements + repeatElement(last, count: count - elements.count))
        default: return self
        }
    }
}
