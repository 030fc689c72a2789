/// A fault with the file that it is in.
public struct UpdateError: Error, Equatable, Sendable {
    /// The file by its name in the repository, such as `2.root.json`.
    public let file: String
    /// What is wrong with it.
    public let fault: UpdateFault

    /// Makes an error.
    public init(file: String, fault: UpdateFault) {
        self.file = file
        self.fault = fault
    }
}

extension UpdateError: CustomStringConvertible {
    /// One sentence: the file's name and what is wrong.
    public var description: String { "\(file) \(fault)" }
}
