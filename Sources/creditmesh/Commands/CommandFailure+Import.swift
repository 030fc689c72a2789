import Book
import Exchange
import Foundation

extension CommandFailure {
    /// Rejects that cannot be kept.
    init(_ error: RejectFile.Failure, path: String) {
        let reason =
            switch error {
            case .exists: "exists"
            case .failed(let errno): String(cString: strerror(errno))
            }
        self.init("file", "\(path): cannot be written: \(reason). Nothing was imported.")
    }

    /// An import that was refused as a whole.
    init(_ refusal: ImportRefusal) {
        switch refusal {
        case .correctionNeeded(let accounts):
            self.init(
                "correction-needed",
                """
                this day was imported before, and the file tells otherwise of \(accounts) accounts; \
                say why with --correct REASON. Nothing was imported; the old book stands.
                """)
        case .tooManyVanished(let changes, let unplaced):
            let unread =
                unplaced > 0
                ? " \(UnplacedRows.sentence(unplaced, vanished: changes.vanished))" : ""
            self.init(
                "too-many-vanished",
                """
                \(changes.vanished) of \(changes.stoodBefore) accounts are not in the file although \
                nothing closed them; is it the whole part? If so: --accept-vanished.\(unread) Nothing \
                was imported; the old book stands.
                """)
        }
    }

    /// What the store said; `consequence` says what became of the data.
    init(_ error: StoreError, doing consequence: String) {
        switch error {
        case .busy:
            self.init("busy", "another import is in the making; try again. \(consequence)")
        case .inUse(let path):
            self.init("in-use", "\(path) is in use; is the node running? \(consequence)")
        case .exposed(let folder):
            self.init(
                "exposed", "others may enter \(folder); run: chmod 700 \(folder). \(consequence)")
        case .newer(let path):
            self.init("newer", "\(path) was written by a later version; update. \(consequence)")
        case .damaged(let path):
            self.init("damaged", "\(path) is damaged or no store. \(consequence)")
        case .diskFull:
            self.init("disk-full", "the disk is full. \(consequence)")
        case .failed(let code, let message):
            self.init("store", "the store failed (\(code): \(message)). \(consequence)")
        }
    }
}
