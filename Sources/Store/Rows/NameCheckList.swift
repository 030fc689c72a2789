import Exchange
import Foundation
import Pseudonym

/// The checks of a subject's names under one key: at most `ExchangeLimits.nameChecksPerSubjectMax`,
/// newest first.
struct NameCheckList: Equatable {
    private(set) var checks: [NameCheck]

    init(_ checks: [NameCheck] = []) {
        self.checks = checks
    }

    /// Adds the name that a member's book states; the oldest spelling makes room.
    mutating func add(fromBook check: NameCheck?) {
        guard let check, !checks.contains(check) else { return }
        checks.insert(check, at: 0)
        checks = Array(checks.prefix(ExchangeLimits.nameChecksPerSubjectMax))
    }

    /// Takes a name that an asker typed, but only where none is known: a mistyped name must not
    /// open the record to the next one who mistypes it.
    mutating func add(fromAsking check: NameCheck?) {
        guard let check, checks.isEmpty else { return }
        checks = [check]
    }

    /// 16 bytes a check; nil when there is none.
    var stored: Data? {
        checks.isEmpty ? nil : Data(checks.flatMap(\.bytes))
    }

    /// Reads what `stored` wrote; nil when it is not that.
    init?(stored: Data) {
        let bytes = Array(stored)
        guard bytes.count % NameCheck.count == 0 else { return nil }
        checks = stride(from: 0, to: bytes.count, by: NameCheck.count).compactMap { start in
            NameCheck(bytes: bytes[start..<start + NameCheck.count])
        }
    }
}
