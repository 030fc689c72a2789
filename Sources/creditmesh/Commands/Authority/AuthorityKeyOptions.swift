import ArgumentParser
import Authority
import Foundation
import NodeAssembly
import TUF

/// The key that signs, and where its passphrase comes from.
struct AuthorityKeyOptions: ParsableArguments {
    @Option(help: "The file of the private key.")
    var key: String
    @Option(help: "A file with the key's passphrase; else it is asked for on the terminal.")
    var passphraseFile: String?

    func signer() throws -> MetadataSigner {
        try Self.signer(key: key, passphraseFile: passphraseFile)
    }

    /// Opens a key's file, which only its owner may read.
    static func signer(key: String, passphraseFile: String?) throws -> MetadataSigner {
        let file = URL(filePath: key)
        let bytes: [UInt8]
        do {
            bytes = try PrivateFile.read(file, bytesMax: OfficerKeyFile.bytesMax)
        } catch {
            throw CommandFailure(error)
        }
        let isSealed = try OfficerKeyFile.isSealed(bytes, name: key)
        let passphrase = isSealed ? try Passphrase.read(file: passphraseFile, of: key) : nil
        return try OfficerKeyFile.open(bytes, name: key, passphrase: passphrase)
    }
}

/// A passphrase from a file or from the terminal, where it is not shown.
enum Passphrase {
    /// Bytes of a passphrase.
    static let bytes = 8...1_024

    static func read(file: String?, of key: String) throws -> [UInt8] {
        let text = try file.map(content) ?? typed("passphrase of \(key): ")
        guard bytes.contains(text.count) else {
            throw CommandFailure("usage", "a passphrase has 8 to 1,024 bytes")
        }
        return text
    }

    private static func content(of file: String) throws -> [UInt8] {
        if file == "-" {
            let input = try FileHandle.standardInput.read(upToCount: bytes.upperBound + 1)
            let line = Array(input ?? Data()).prefix { $0 != UInt8(ascii: "\n") }
            return Array(line)
        }
        do {
            let bytes = try PrivateFile.read(URL(filePath: file), bytesMax: bytes.upperBound + 1)
            return bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes
        } catch {
            throw CommandFailure(error)
        }
    }

    private static func typed(_ prompt: String) throws -> [UInt8] {
        guard isatty(STDIN_FILENO) == 1 else {
            throw CommandFailure("usage", "no terminal to ask on; give --passphrase-file")
        }
        var settings = termios()
        tcgetattr(STDIN_FILENO, &settings)
        var silent = settings
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSANOW, &silent)
        defer { tcsetattr(STDIN_FILENO, TCSANOW, &settings) }
        FileHandle.standardError.write(Data(prompt.utf8))
        let line = readLine() ?? ""
        FileHandle.standardError.write(Data("\n".utf8))
        return Array(line.utf8)
    }
}
