import Foundation
import Testing

/// A consortium on this machine, each node a process of its own: `creditmesh demo --serve`.
struct RunningDemo: Sendable {
    /// The program: the one of `CREDITMESH_EXECUTABLE`, or the one that is built beside the tests.
    static let program =
        ProcessInfo.processInfo.environment["CREDITMESH_EXECUTABLE"].map { URL(filePath: $0) }
        ?? URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "creditmesh")
    /// It takes a few seconds.
    private static let startLimit = Duration.seconds(90)
    private static let stopLimit = Duration.seconds(30)

    /// The file that tells foreign clients all about the consortium.
    let description: URL

    /// Runs a demo for as long as `body` takes; then it must end by itself when asked to.
    static func with(keeping folder: URL, _ body: (RunningDemo) async throws -> Void) async throws {
        try #require(
            FileManager.default.isExecutableFile(atPath: program.path()),
            "creditmesh is not built beside the tests; name it in CREDITMESH_EXECUTABLE")
        let parent = folder.deletingLastPathComponent()
        let process = try ChildProcess(
            program, ["demo", "--serve", "--keep", folder.path()], in: parent,
            log: parent.appending(path: "demo.log"))
        let result = await Result {
            let demo = RunningDemo(description: folder.appending(path: "demo.json"))
            try await demo.wait(for: process)
            try await body(demo)
        }
        process.terminate()
        let end = try await process.output(within: stopLimit)
        try result.get()
        #expect(end.status == 0, "the demo ended with \(end.status): \(end.text)")
    }

    /// A description that says of the first subject that nobody holds it, which is not so.
    func descriptionWithoutHolders() throws -> URL {
        var content = try #require(content)
        var subjects = try #require(content["subjects"] as? [[String: Any]])
        try #require(subjects.first?["heldBy"] as? [String] != [])
        subjects[0]["heldBy"] = [String]()
        content["subjects"] = subjects
        let file = description.deletingLastPathComponent().appending(path: "misleading.json")
        try JSONSerialization.data(withJSONObject: content).write(to: file)
        return file
    }

    private var content: [String: Any]? {
        guard let data = try? Data(contentsOf: description) else { return nil }
        return try? JSONSerialization.jsonObject(with: data) as? [String: Any]
    }

    private func wait(for process: ChildProcess) async throws {
        let deadline = ContinuousClock.now + Self.startLimit
        while content == nil {
            try #require(process.isRunning, "the demo ended: \(process.text)")
            try #require(
                ContinuousClock.now < deadline, "the demo does not serve: \(process.text)")
            try await Task.sleep(for: ChildProcess.interval)
        }
    }
}

extension Result where Failure == any Error {
    /// How an asynchronous piece of work ended.
    fileprivate init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
