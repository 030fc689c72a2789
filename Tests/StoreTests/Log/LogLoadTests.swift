import Testing

@testable import Store

@Suite("The load of a log")
struct LogLoadTests {
    /// Adds writes at a steady pace and says whether the load is high after each.
    private func pace(
        _ count: Int, perSecond rate: Int, of load: inout LogLoad,
        from start: ContinuousClock.Instant
    )
        -> [Bool]
    {
        (0..<count).map { number in
            load.add(1, at: start + .seconds(1) * number / rate)
            return load.isHigh
        }
    }

    @Test("a report's burst and a slow pace make no write wait")
    func idle() {
        let start = ContinuousClock.now
        var burst = LogLoad()
        burst.add(SQLiteLog.burstMax, at: start)
        #expect(!burst.isHigh)
        var slow = LogLoad()
        let pace = pace(10_000, perSecond: SQLiteLog.idleRateMax, of: &slow, from: start)
        #expect(!pace.contains(true))
    }

    @Test("a faster pace is load, until shortly after it ends")
    func load() {
        let start = ContinuousClock.now
        var load = LogLoad()
        let pace = pace(2_000, perSecond: 2 * SQLiteLog.idleRateMax, of: &load, from: start)
        #expect(pace.first == false && pace.last == true)
        load.add(1, at: start + .seconds(3))
        #expect(!load.isHigh)
    }
}
