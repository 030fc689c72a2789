import Foundation

/// The memory of the process as a whole.
enum ProcessMemory {
    /// Keeps what threads have freed from piling up.
    ///
    /// glibc gives up to eight heaps a core to threads, and hardly gives back what each of them once
    /// used; an import, whose rows pass through many threads, then holds a multiple of what it needs.
    /// Done once a process.
    static let keepSmall: Void = {
        // `M_ARENA_MAX`, which is a macro that Swift does not see.
        mallopt(-8, 2)
    }()
}
