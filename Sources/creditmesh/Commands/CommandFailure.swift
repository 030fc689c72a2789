import ArgumentParser
import Exchange
import Foundation
import StrictJSON

/// A command that failed: one sentence for people, a stable code for programs, exit status 1.
struct CommandFailure: Error, CustomStringConvertible {
    let code: String
    let message: String

    init(_ code: String, _ message: String) {
        self.code = code
        self.message = message
    }

    var description: String { "\(message) [\(code)]" }
}

/// What every command takes: the form of its output.
struct OutputOptions: ParsableArguments {
    @Flag(name: .long, help: "Write JSON instead of text; errors too, on standard error.")
    var json = false

    /// Runs a command's work; every failure is written in the asked form and ends with status 1.
    func run(_ work: () async throws -> Void) async throws {
        do {
            try await work()
        } catch let failure as CommandFailure {
            write(failure)
            throw ExitCode.failure
        } catch let code as ExitCode {
            throw code
        } catch {
            // Its text is not ours and may hold anything.
            write(CommandFailure("internal", "unexpected \(type(of: error)); please report it"))
            throw ExitCode.failure
        }
    }

    /// Writes a result: JSON, or lines for people.
    func write(_ json: @autoclosure () -> JSONValue, text: @autoclosure () -> String) {
        print(self.json ? json().prettyPrinted : text())
        // A service says where it listens and goes on; whoever waits for that reads a file or a pipe.
        fflush(nil)
    }

    private func write(_ failure: CommandFailure) {
        let value: JSONValue = [
            "error": .string(failure.message), "code": .string(failure.code),
        ]
        let text = json ? value.prettyPrinted : "error: \(failure)"
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }
}
