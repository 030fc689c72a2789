import Testing

@testable import Membership

/// One change to the sample directory and the complaint that it must bring.
struct Mutation: Sendable, CustomTestStringConvertible {
    let path: String
    let edit: JSONEdit
    let complaintPath: String
    let rule: DirectoryRule

    /// A change whose complaint names the changed place itself, unless told.
    init(_ path: String, _ edit: JSONEdit, _ rule: DirectoryRule, at complaintPath: String? = nil) {
        self.path = path
        self.edit = edit
        self.rule = rule
        self.complaintPath = complaintPath ?? path
    }

    var testDescription: String { "\(path) \(rule)" }
}
