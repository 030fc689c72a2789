import ArgumentParser
import Foundation
import NodeAssembly
import StrictJSON

/// `creditmesh node backup`
struct NodeBackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy the node's home, the node running or not.",
        discussion: """
            The copy is of one moment and holds the keys: whoever has it can be the node. It is one \
            file, enciphered under a passphrase; keep the two apart. With --plain it is a folder in \
            the clear, for a vault or a disk that enciphers by itself and keeps only what changed. \
            备份含全部密钥，默认以口令加密；请将备份与口令分开异地保存。

            Example:
              creditmesh node backup --home ./lakeside --out /media/backup/lakeside.backup \
                --passphrase-file ./backup.passphrase
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var output: OutputOptions
    @Option(
        name: .long, help: "The file to make, or the folder with --plain; nothing is there yet.")
    var out: String
    @Option(
        name: .long,
        help: "A file with the passphrase, mode 0600, or -: standard input; else it is asked for.")
    var passphraseFile: String?
    @Flag(help: "Make a folder in the clear.")
    var plain = false

    func validate() throws {
        guard !plain || passphraseFile == nil else {
            throw ValidationError("--plain takes no passphrase")
        }
    }

    func run() async throws {
        try await output.run {
            let place = URL(filePath: out)
            let passphrase =
                plain ? nil : try Passphrase.read(file: passphraseFile, of: "the backup")
            do throws(NodeError) {
                let backup = HomeBackup(home: home.nodeHome)
                let now = SystemClock().now
                if let passphrase {
                    let progress = Progress(of: out, unit: Progress.mebibytes)
                    try backup.makeSealed(at: place, under: passphrase, now: now) {
                        progress.update($0)
                    }
                    progress.finish()
                } else {
                    try backup.make(in: place, now: now)
                }
            } catch {
                throw CommandFailure(error)
            }
            output.write(
                ["backup": .string(out), "enciphered": .bool(!plain)],
                text: plain
                    ? "\(out) holds the home and all its keys in the clear: encipher it. "
                        + "备份未加密，请加密保存。"
                    : "\(out) holds the home and all its keys, enciphered: without the passphrase "
                        + "it is worth nothing. 备份已加密；口令遗失则无法恢复。")
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
              creditmesh node restore --home ./lakeside --from /media/backup/lakeside.backup
              creditmesh node restore --home ./lakeside --accept-log 5318
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "The backup: a file, or a folder in the clear.")
    var from: String?
    @Option(
        name: .long,
        help: "A file with the passphrase, mode 0600, or -: standard input; else it is asked for.")
    var passphraseFile: String?
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
            let source = try from.map(source)
            do throws(NodeError) {
                if let source {
                    let progress = Progress(of: home.home, unit: Progress.mebibytes)
                    try HomeRestore(
                        backup: source, home: home.nodeHome, onProgress: { progress.update($0) }
                    ).run(clock: SystemClock(), logger: HomeOptions.quietLogger)
                    progress.finish()
                    report()
                } else if let acceptLog {
                    try accept(acceptLog)
                }
            } catch {
                throw CommandFailure(error)
            }
        }
    }

    /// A folder is in the clear, a file is enciphered.
    private func source(_ path: String) throws -> BackupSource {
        var isFolder: ObjCBool = false
        let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        guard isThere, !isFolder.boolValue else { return .folder(URL(filePath: path)) }
        return .sealed(
            URL(filePath: path),
            passphrase: try Passphrase.read(file: passphraseFile, of: "the backup"))
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
