import ArgumentParser
import Book
import Foundation
import NodeAssembly
import Pseudonym
import StrictJSON

/// `creditmesh book reference`: the references of a lender's own account numbers.
struct BookReferenceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reference",
        abstract: "Make the references of account numbers, by which other commands name them.",
        discussion: """
            Account numbers come on standard input, one a line, never as arguments; answers come in \
            their order, one a line, without the numbers. The node must not run.

            Example:
              creditmesh book reference --home ./lakeside --member lakeside < numbers.txt
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "The member whose accounts they are.")
    var member: String

    func run() async throws {
        try await output.run {
            let references = try await home.withOfflineNode { node in
                let member = try node.lender(named: member)
                return try Self.numbers().map { number in
                    Base64URL.encode(
                        node.keys.references.reference(member: member, accountNumber: number).bytes)
                }
            }
            output.write(
                .array(references.map(JSONValue.string)), text: references.joined(separator: "\n"))
        }
    }

    /// The lines of standard input; a blank one is no account's number, and would shift the answers.
    private static func numbers() throws -> [String] {
        var numbers: [String] = []
        while let line = readLine() {
            let number = line.trimmingCharacters(in: .whitespaces)
            guard (1...BookLimits.accountNumberBytesMax).contains(number.utf8.count) else {
                throw CommandFailure(
                    "usage",
                    "line \(numbers.count + 1) of the input is no account number: blank, or over "
                        + "\(BookLimits.accountNumberBytesMax) bytes")
            }
            numbers.append(number)
        }
        guard !numbers.isEmpty else {
            throw CommandFailure("usage", "no account number on standard input, one a line")
        }
        return numbers
    }
}
