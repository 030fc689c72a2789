import ArgumentParser
import Foundation
import NodeAssembly
import StrictJSON

/// `creditmesh node backup`
struct NodeBackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy the node's home, the node running or not.",
        discussion: """
            The copy is of one moment and holds the keys: whoever has it can be the node. Encipher it \
            and keep it apart. 备份含全部密钥，请加密并异地保存。

            Example:
              creditmesh node backup --home ./lakeside --out /media/backup/lakeside
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "The folder to make; nothing is there yet.")
    var out: String

    func run() async throws {
        try await output.run {
            do throws(NodeError) {
                try HomeBackup(home: home.nodeHome)
                    .make(in: URL(filePath: out), now: SystemClock().now)
            } catch {
                throw CommandFailure(error)
            }
            output.write(
                ["backup": .string(out)],
                text: "\(out) holds the home and all its keys: encipher it. 备份已完成，请加密保存。")
        }
    }
}

/// `creditmesh node restore`
struct NodeRestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Bring a node's home back from a backup, checked and whole.",
        discussion: """
            The home must not be there. Before the node serves again, its witnesses must confirm that \
            its log is the newest; where they cannot, --accept-log says so on your responsibility. \
            恢复后须由见证方确认日志为最新，方可继续运行。

            Examples:
              creditmesh node restore --home ./lakeside --from /media/backup/lakeside
              creditmesh node restore --home ./lakeside --accept-log 5318
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "The backup's folder.")
    var from: String?
    @Option(
        name: .long,
        help: "You know that the node promised nothing after these many entries of its log.")
    var acceptLog: Int?

    func validate() throws {
        guard (from == nil) != (acceptLog == nil) else {
            throw ValidationError("give one of --from and --accept-log")
        }
    }

    func run() async throws {
        try await output.run {
            do throws(NodeError) {
                if let from {
                    try HomeRestore(backup: URL(filePath: from), home: home.nodeHome)
                        .run(clock: SystemClock(), logger: HomeOptions.quietLogger)
                    report()
                } else if let acceptLog {
                    try accept(acceptLog)
                }
            } catch {
                throw CommandFailure(error)
            }
        }
    }

    private func report() {
        output.write(
            ["home": .string(home.home)],
            text: """
                \(home.home) is back. At its next start the witnesses must confirm its log; until \
                then it serves nothing.
                已恢复。下次启动时须由见证方确认日志，此前节点不提供服务。
                """)
    }

    private func accept(_ size: Int) throws(NodeError) {
        let configuration = try NodeConfiguration(home: home.nodeHome)
        let directory = try DirectoryFile.load(configuration.directory)
        guard let node = directory.node(configuration.node) else {
            throw .directory("does not list node '\(configuration.node)'")
        }
        try RestoredMark(home: home.nodeHome).accept(size, of: home.nodeHome, node: node)
        output.write(
            ["accepted": .integer(size)],
            text: "The log goes on from \(size) entries. 日志将自第 \(size) 条之后继续。")
    }
}
