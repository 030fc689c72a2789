import Foundation
import NodeAssembly

/// The running nodes of the demo, each a process of its own.
final class DemoNodes {
    /// Longest wait for a node to serve or to stop.
    static let patience: Duration = .seconds(60)

    private let site: DemoSite
    private var processes: [String: Process] = [:]

    init(site: DemoSite) {
        self.site = site
    }

    /// Starts every node and waits until all serve.
    func start() async throws {
        for node in site.directory.nodes { try start(node.id.description) }
        for node in site.directory.nodes { try await waitUntilServing(node.id.description) }
    }

    /// Starts those nodes again that were stopped.
    func startStopped() async throws {
        let stopped = site.directory.nodes.map(\.id.description).filter { processes[$0] == nil }
        for node in stopped { try start(node) }
        for node in stopped { try await waitUntilServing(node) }
    }

    private func start(_ node: String) throws {
        guard let home = site.home(node) else { return }
        processes[node] = try Subprocess.start(
            ["node", "run", "--home", home.folder.path],
            log: home.folder.appending(path: "node.log"))
    }

    private func waitUntilServing(_ node: String) async throws {
        guard let home = site.home(node), let process = processes[node] else { return }
        let end = ContinuousClock.now + Self.patience
        while !FileManager.default.fileExists(atPath: home.localAddress.path) {
            guard process.isRunning, ContinuousClock.now < end else {
                let log = home.folder.appending(path: "node.log")
                let text = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
                throw CommandFailure("demo", "\(node) does not serve: \(text.suffix(500))")
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// Stops one node as an operator would, and waits until it is gone.
    func stop(_ node: String) async throws {
        guard let process = processes.removeValue(forKey: node) else { return }
        process.terminate()
        let end = ContinuousClock.now + Self.patience
        while process.isRunning, ContinuousClock.now < end {
            try await Task.sleep(for: .milliseconds(50))
        }
        guard !process.isRunning else {
            kill(process.processIdentifier, SIGKILL)
            throw CommandFailure("demo", "\(node) did not stop; it was killed")
        }
    }

    /// Stops all that still run.
    func stopAll() async throws {
        for process in processes.values { process.terminate() }
        for node in processes.keys.sorted() { try await stop(node) }
    }

    /// Stops all at once, without waiting: the last resort when something failed.
    func kill() {
        for process in processes.values { Foundation.kill(process.processIdentifier, SIGKILL) }
        processes = [:]
    }

    private func kill(_ id: Int32, _ signal: Int32) {
        Foundation.kill(id, signal)
    }
}
