import ArgumentParser
import Audit
import Membership

/// Which requests of the copied logs a tool looks into.
struct SelectionOptions: ParsableArguments {
    @Option(name: .long, help: "How many are drawn by lot, 1 to 10,000.")
    var sample: Int?
    @Option(name: .long, help: "By what is drawn, 16 hexadecimal digits; else made and printed.")
    var seed: String?
    @Option(name: .long, help: "Only those of this member.")
    var member: String?
    @Option(name: .long, help: "Only those of this day (UTC), such as 2026-11-25.")
    var day: String?

    func validate() throws {
        guard sample != nil || member != nil || day != nil else {
            throw ValidationError("give --sample, --member or --day")
        }
    }

    /// The selection.
    ///
    /// - Throws: `CommandFailure` with the code `usage`.
    func selection() throws -> EntrySelection {
        var number = UInt64.random(in: .min ... .max)
        if let seed {
            guard seed.utf8.count == 16, let typed = UInt64(seed, radix: 16) else {
                throw CommandFailure("usage", "--seed must be 16 hexadecimal digits")
            }
            number = typed
        }
        guard
            let selection = EntrySelection(
                member: try member.map { try Self.id($0, of: "--member") }, day: day,
                count: sample, seed: number)
        else {
            throw CommandFailure(
                "usage", "--day must be a date, --sample 1 to \(EntrySelection.countMax)")
        }
        return selection
    }

    /// A member's id as it was typed.
    static func id(_ text: String, of option: String) throws -> MemberID {
        guard let member = MemberID(text) else {
            throw CommandFailure("usage", "\(option) is no member's id")
        }
        return member
    }
}
