import StrictJSON

/// The members of an object of metadata. Those that are not asked for are left alone: other
/// implementations may add some, and they stay part of what is signed (TUF 1.0 §4).
struct MetadataFields {
    let members: [JSONMember]

    init(_ value: JSONValue) throws(UpdateFault) {
        guard case .object(let members) = value else { throw .malformed }
        self.members = members
    }

    func optional(_ name: String) -> JSONValue? {
        members.first { $0.hasName(name) }?.value
    }

    func value(_ name: String) throws(UpdateFault) -> JSONValue {
        guard let value = optional(name) else { throw .malformed }
        return value
    }

    func text(_ name: String) throws(UpdateFault) -> String {
        guard let text = try value(name).text else { throw .malformed }
        return text
    }

    /// An integer that is at least `least`.
    func integer(_ name: String, atLeast least: Int) throws(UpdateFault) -> Int {
        guard let number = try value(name).integer, number >= least else { throw .malformed }
        return number
    }
}
