import Foundation
import Testing

/// The client in `Tests/ForeignClient`, with a Python environment of its own.
struct PythonClient: Sendable {
    /// The client's own folder.
    private static let sources = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "ForeignClient")
    /// Finds a program on the path.
    private static let finder = URL(filePath: "/usr/bin/env")
    /// A package that is slow to come is a registry that is missing.
    private static let installLimit = Duration.seconds(120)
    /// The client takes about a second; a busy machine may take its time.
    private static let runLimit = Duration.seconds(120)

    private let folder: URL

    /// Whether Python is here, new enough, and can make environments; without the network.
    static func isPossible() async throws -> Bool {
        var isPossible = false
        try await ScratchFolder.with { folder in
            let probe = "import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))"
            let python = try ChildProcess(
                finder, ["python3", "-c", probe], in: folder, log: folder.appending(path: "log"))
            isPossible = try await python.output(within: .seconds(20)).status == 0
        }
        return isPossible
    }

    /// Makes an environment with the packages that the client pins; without a registry, the test
    /// ends here as skipped.
    static func install(in folder: URL) async throws -> PythonClient {
        let client = PythonClient(folder: folder)
        let made = try await ChildProcess(
            finder, ["python3", "-m", "venv", client.environment.path()], in: folder,
            log: folder.appending(path: "venv.log")
        ).output(within: installLimit)
        try #require(made.status == 0, "no environment: \(made.text)")

        let installed = try await client.run([
            "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input",
            "--only-binary", ":all:", "--retries", "1", "--timeout", "15",
            "--requirement", "requirements.txt",
        ])
        // What pip says before it gives up on a registry that it cannot reach, and only then.
        if installed.status != 0, installed.text.contains("Retrying (Retry(") {
            try Test.cancel("the Python packages could not be fetched: no registry in reach")
        }
        try #require(installed.status == 0, "the packages do not install: \(installed.text)")
        return client
    }

    /// Checks a demo that runs.
    func check(_ description: URL) async throws -> ChildProcess.Output {
        try await run(["creditmesh_client.py", description.path()])
    }

    /// Runs the environment's Python in the client's folder, where it leaves nothing behind.
    ///
    /// - Parameter roots: PEM of those under which a server's certificate must be, in place of the
    ///   system's.
    func run(_ arguments: [String], roots: URL? = nil) async throws -> ChildProcess.Output {
        var variables = ["PYTHONDONTWRITEBYTECODE": "1", "RUST_BACKTRACE": "0"]
        variables["SSL_CERT_FILE"] = roots?.path()
        return try await ChildProcess(
            environment.appending(path: "bin/python"), arguments, in: Self.sources,
            environment: variables,
            log: folder.appending(path: "client.log")
        ).output(within: Self.runLimit)
    }

    private var environment: URL { folder.appending(path: "python") }
}
