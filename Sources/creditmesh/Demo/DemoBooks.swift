import Exchange
import Foundation
import NodeAssembly

/// Imports and publishes the demo's books, with the commands that a lender uses.
struct DemoBooks {
    let site: DemoSite
    let voice: DemoVoice

    private var folder: URL { site.folder.appending(path: "books") }

    /// The invented sample, one file a lender.
    func importSample() throws {
        voice.say("\nImporting the invented sample (names, numbers and consents are made up):")
        for member in site.lenders {
            guard let csv = SampleBooks.csv(of: member) else { continue }
            let file = folder.appending(path: "\(member).csv")
            try Data(csv).write(to: file)
            try importFile(
                file, member: member, mapping: "plain",
                more: ["--as-of", SampleBooks.asOf])
        }
    }

    /// The real files, dealt to the lenders; returns the questions about them.
    func importReal(from data: URL) throws -> [DemoStory] {
        voice.say(
            """

            Importing real data from \(data.path). Which lender holds what is partly invented, and \
            all consents are: the files name none.
            """)
        var stories: [DemoStory] = []
        for file in RealData.files {
            var dealer = Dealer(file, lenders: site.lenders)
            for hand in try dealer.deal(from: data, into: folder) {
                try importFile(
                    hand.book, member: hand.member, mapping: file.mapping,
                    more: ["--part", file.part, "--consents", hand.consents.path])
            }
            stories += RealStories.stories(of: file.scheme, holders: dealer.holders)
        }
        return stories
    }

    /// Publishes every lender's node.
    func publish() throws {
        voice.say("\nPublishing:")
        for node in site.directory.nodes
        where site.directory.members(servedBy: node.id).contains(where: { $0.role == .lender }) {
            guard let home = site.homes[node.id] else { continue }
            try run(["book", "publish", "--home", home.folder.path])
        }
    }

    private func importFile(
        _ file: URL, member: String, mapping: String, more: [String]
    ) throws {
        guard let home = site.home(ofMember: member) else { return }
        try run(
            [
                "book", "import", file.path, "--home", home.folder.path, "--member", member,
                "--mapping", mapping,
            ] + more)
    }

    private func run(_ arguments: [String]) throws {
        let output = try Subprocess.run(arguments)
        guard output.status == 0 else { throw CommandFailure("demo", output.errors) }
        let text = output.text.replacing(folder.path + "/", with: "")
        for line in text.split(separator: "\n") { voice.say("  \(line)") }
    }
}
