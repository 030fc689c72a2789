import Exchange
import Foundation
import Logging
import Membership
import PeerHTTP
import Synchronization

/// Puts a new certificate, or other roots, in force that appear in the home of a running node, and says
/// in time when the certificate in force will end.
///
/// A pair that does not fit, of another node, or that leads to none of the roots, changes nothing: what
/// was good last stays in force, and the node's log says so.
final class CertificateWatch: Sendable {
    private let home: NodeHome
    private let files: CertificateFiles
    private let tls: TLSInForce
    private let clock: any Exchange.Clock
    private let logger: Logger
    private let state: Mutex<State>

    private struct State {
        /// How the files were when they were read last.
        var read: Stamps
        /// How they were at the last look.
        var seen: Stamps
        var silentUntil: Timestamp?
    }

    private struct Stamps: Equatable {
        let certificate: FileStamp?
        let key: FileStamp?
        let roots: FileStamp?

        init(_ home: NodeHome) {
            certificate = FileStamp(home.certificate)
            key = FileStamp(home.certificateKey)
            roots = FileStamp(home.roots)
        }
    }

    /// Watches the files of a home from which `tls` was read.
    init(
        home: NodeHome, files: CertificateFiles, tls: TLSInForce, clock: any Exchange.Clock,
        logger: Logger
    ) {
        self.home = home
        self.files = files
        self.tls = tls
        self.clock = clock
        self.logger = logger
        let now = Stamps(home)
        state = Mutex(State(read: now, seen: now))
    }

    /// Looks at the files once. Changed ones are read when a second look finds them as the first
    /// did, since whoever replaces both by hand does so one after the other.
    func look() {
        let stamps = Stamps(home)
        let isSettled = state.withLock { state in
            defer { state.seen = stamps }
            guard stamps != state.read, stamps == state.seen else { return false }
            state.read = stamps
            return true
        }
        if isSettled { reload() }
        warn()
    }

    private func reload() {
        do {
            let material = try files.load()
            try material.checkTrust(at: clock.now)
            let before = tls.current
            guard !material.isSame(as: before) else { return }
            tls.replace(by: material)
            guard !material.showsSame(as: before) else {
                return logger.notice("other roots are in force")
            }
            state.withLock { $0.silentUntil = nil }
            logger.notice(
                "a new certificate is in force",
                metadata: ["until": "\(Timestamp(material.statement.notAfter))"])
        } catch {
            logger.error(
                "alarm: the new certificate is of no use; the last good one stays in force: \(error)"
            )
        }
    }

    private func warn() {
        let statement = tls.current.statement
        let now = clock.now
        guard let warning = CertificateExpiry.warning(of: statement, at: now),
            state.withLock({ $0.silentUntil.map { $0 <= now } ?? true })
        else { return }
        state.withLock {
            $0.silentUntil = now.advanced(bySeconds: warning.silence.components.seconds)
        }
        logger.log(
            level: warning.level, "the certificate must be renewed",
            metadata: ["until": "\(Timestamp(statement.notAfter))"])
    }
}

extension Timestamp {
    /// The second of a date.
    init(_ date: Date) {
        self.init(secondsSinceEpoch: Int64(date.timeIntervalSince1970.rounded(.down)))
    }
}
