import ArgumentParser
import Exchange
import Foundation
import Membership
import NodeAssembly

/// `creditmesh member leave`
struct MemberLeaveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "leave",
        abstract: "Delete everything that this node holds of a member that leaves.",
        discussion: """
            Book, consents, tokens, inquiries, statements and keys are deleted, and cannot be brought \
            back. The log keeps its entries, and what is evidence of exchanges stays until the charter \
            lets it go. A record says what went, what stays and until when; the log names it by its \
            digest. Cut off at any point, the same command goes on.

            The node must be stopped. Have the officers withdraw the member first \
            (creditmesh authority withdraw); until they do, others see it without a book.

            Example:
              creditmesh member leave maple --home ./guild --by "Order 7 of 2026" --yes
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var output: OutputOptions
    @Argument(help: "The member.")
    var member: String
    @Option(help: "Who has it done, and why; stands in the record.")
    var by: String?
    @Flag(help: "Do not ask.")
    var yes = false
    @Option(name: .customLong("lang"), help: "en or zh.")
    var language = ReportLanguage.english

    func run() async throws {
        try await output.run {
            if let by, !(1...128).contains(by.utf8.count) {
                throw CommandFailure("usage", "--by takes 1 to 128 bytes")
            }
            let (record, isListed) = try await home.withOfflineNode { node in
                let id = try known(node)
                guard yes || isConfirmed else {
                    throw CommandFailure("usage", "nothing was deleted; confirm with --yes")
                }
                let listed = node.directory.current.member(id)
                let record = try await MemberDeparture(
                    id, by: by, home: home.nodeHome, node: node
                ).run()
                return (
                    record, listed?.node == node.context.node && listed?.status != .withdrawn
                )
            }
            output.write(
                record.json,
                text: MemberLeaveText(record, isListed: isListed, language: language).lines
                    .joined(separator: "\n"))
        }
    }

    /// A member that is listed here, or of which the home still has something.
    private func known(_ node: OfflineNode) throws -> MemberID {
        let served = node.directory.issued.members(servedBy: node.context.node)
        guard let id = MemberID(member),
            served.contains(where: { $0.id == id })
                || FileManager.default.fileExists(
                    atPath: home.nodeHome.requestKeys(of: id).path)
                || FileManager.default.fileExists(
                    atPath: home.nodeHome.departures.appending(path: "\(id).json").path)
        else {
            let names = served.map(\.id.text).joined(separator: ", ")
            throw CommandFailure(
                "unknown-member", "'\(member)' is no member of this node; it serves: \(names)")
        }
        return id
    }

    private var isConfirmed: Bool {
        guard isatty(STDIN_FILENO) == 1 else { return false }
        let question =
            language == .chinese
            ? "将删除 \(member) 的全部数据与密钥，无法恢复；确认请输入 yes："
            : "everything of \(member) is deleted for good; type yes to go on: "
        FileHandle.standardError.write(Data(question.utf8))
        return readLine() == "yes"
    }
}

/// A departure for people.
struct MemberLeaveText {
    /// One line a fact.
    let lines: [String]

    /// - Parameter isListed: whether the directory still lists the member as one of the node.
    init(_ record: DepartureRecord, isListed: Bool, language: ReportLanguage) {
        let words = { (english: String, chinese: String) in
            language == .chinese ? chinese : english
        }
        let departure = record.departure
        var table = TextTable()
        if case .object(let deleted) = departure["deleted"] {
            for rows in deleted { table.add([rows.name, rows.value.word]) }
        }
        let (member, node) = (departure["member"].word, departure["node"].word)
        let keys = departure["requestKeys"].elements ?? []
        let until = departure["evidenceUntil"].word
        var lines = [
            words("\(member) has left \(node). Deleted rows:", "\(member) 已退出 \(node)。已删除的记录数：")
        ]
        lines += table.lines()
        lines += [
            words("keys destroyed: \(keys.count)", "已销毁密钥：\(keys.count)"),
            words(
                "stays: the log's entries for good; evidence of exchanges until \(until)",
                "保留：日志条目永久保留；交换凭证保留至 \(until)"),
            words("entry of the log: \(record.logIndex)", "日志条目：\(record.logIndex)"),
        ]
        if isListed {
            lines.append(
                words(
                    "The directory still lists it: have the officers withdraw it. Until then others "
                        + "see it without a book.",
                    "成员目录仍列有该成员：请签署官办理退出。此前其他成员将看到其无账册。"))
        }
        self.lines = lines
    }
}
