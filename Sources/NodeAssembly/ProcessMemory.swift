import Foundation

/// The memory of the process as a whole.
enum ProcessMemory {
    /// Keeps what threads have freed from piling up.
    ///
    /// glibc gives up to eight heaps a core to threads, and hardly gives back what each of them once
    /// used; an import, whose rows pass through many threads, then holds a multiple of what it needs.
    /// Done once a process; nothing where the C library has no such setting.
    static let keepSmall: Void = {
        // Swift sees neither the function nor `M_ARENA_MAX`.
        typealias SetOption = @convention(c) (_ option: CInt, _ value: CInt) -> CInt
        guard let symbol = dlsym(nil, "mallopt") else { return }
        _ = unsafeBitCast(symbol, to: SetOption.self)(-8, 2)
    }()
}
