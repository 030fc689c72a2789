import Foundation
import NodeAssembly

/// The end of the demo: the regulator copies the logs of all lenders' nodes with its own certificate,
/// checks each and compares them, with the commands that a regulator uses. Then an entry of a copy is
/// dated otherwise, which the check must find.
struct DemoAudit {
    let site: DemoSite
    let voice: DemoVoice
    let language: String

    private static let findings: Int32 = 3
    private var folder: URL { site.folder.appending(path: "copies") }

    /// Every node that serves a lender: what the regulator supervises.
    private var nodes: [String] {
        site.directory.nodes.map(\.id).filter { node in
            site.directory.members(servedBy: node).contains { $0.role == .lender }
        }.map(\.description)
    }

    /// Runs all of it.
    ///
    /// - Parameter page: where the page for the examiner goes.
    func run(page: String?) throws {
        voice.say("\n\(String(repeating: "=", count: 80))")
        voice.say("The regulator copies every log and checks it, with nothing but its certificate:")
        guard let home = site.home("regulator-node") else {
            throw CommandFailure("demo", "no regulator")
        }
        try NodeHome.createFolder(folder)
        for node in nodes {
            voice.say("\n\(node)")
            try expect(
                0, ["mirror", node, copy(of: node).path, "--home", home.folder.path])
            try expect(0, ["verify", copy(of: node).path])
        }
        voice.say("\nEvery exchange must stand in the logs of both sides:")
        let copies = nodes.map { copy(of: $0).path }
        try expect(0, ["reconcile"] + copies)
        voice.say("\nEvery answer must rest on a consent that its log knew:")
        try expect(0, ["answers"] + copies)
        voice.say(
            "\nSome blind evaluations, drawn by lot, are opened with the regulator's own keys:")
        try expect(
            0,
            [
                "open", "--sample", "5", "--keys", site.openingKeys.path, "--home",
                home.folder.path, "--authority", "Order 1 of the demo (invented)",
            ] + copies)
        try tamper()
        let file = page ?? site.folder.appending(path: "examiner.html").path
        let made = try audit(["report", "--html", file] + copies)
        guard made.status == 0 else { throw CommandFailure("demo", made.errors + made.text) }
        voice.say("\nOne page for the examiner: \(file)")
    }

    /// Dates an entry of a copy of a copy otherwise.
    private func tamper() throws {
        guard let node = nodes.first else { return }
        voice.say("\nIn another copy an entry is dated otherwise; the check must find it:")
        let changed = folder.appending(path: "\(node)-changed")
        try FileManager.default.copyItem(at: copy(of: node), to: changed)
        let bundles = changed.appending(path: "tile/entries")
        let files = try FileManager.default.subpathsOfDirectory(atPath: bundles.path).sorted()
        guard let name = files.first(where: { !isFolder(bundles.appending(path: $0)) }) else {
            throw CommandFailure("demo", "the copy of \(node) has no entries")
        }
        let bundle = bundles.appending(path: name)
        var bytes = [UInt8](try Data(contentsOf: bundle))
        // The last digit of the first time: `"at":"2026-11-25T12:00:0` stands before it.
        guard let time = bytes.firstRange(of: Array(#""at":""#.utf8)) else {
            throw CommandFailure("demo", "the copy of \(node) has an entry without a time")
        }
        bytes[time.upperBound + 18] ^= 1
        try PrivateFile.write(bytes, to: bundle)
        try expect(Self.findings, ["verify", changed.path])
    }

    private func isFolder(_ url: URL) -> Bool {
        (try? url.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) ?? false
    }

    private func copy(of node: String) -> URL { folder.appending(path: node) }

    /// Runs a command whose exit status must be this one, and shows what it says.
    private func expect(_ status: Int32, _ arguments: [String]) throws {
        let output = try audit(arguments)
        for line in output.text.split(separator: "\n") { voice.say("  \(line)") }
        guard output.status == status else {
            throw CommandFailure(
                "demo", "audit \(arguments[0]) ended with \(output.status): \(output.errors)")
        }
    }

    private func audit(_ arguments: [String]) throws -> Subprocess.Output {
        try Subprocess.run(["audit"] + arguments + ["--lang", language])
    }
}
