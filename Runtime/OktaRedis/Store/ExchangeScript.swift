#if Redis
/// The script of an exchange: what `SharedBucket.exchange` does, in the server.
///
/// One exchange reads and writes what changes: the bucket's windows and sums, the client's own record, and the records
/// whose time has come, by the sorted set of these times. So its cost does not grow with the number of clients, except
/// that all records are gone through when a window has ended, or the clock was set back.
///
/// The hash has one field with windows and sums, and one per client; both keys have one hash tag, so that they are on one
/// node of a cluster. The layouts are in `ExchangeScript+Records` and in ``ExchangeWire``.
enum ExchangeScript {
    /// The script. Its parts share their local names.
    static let text = times + records + passes + report + share + exchange

    /// The times of the protocol, which `SharedLimitTimes` explains: the tests compare the two.
    private static let times = """
        local LEASE, LEEWAY, PATIENCE, INTEREST, MEMORY, WINDOW_MEMORY = 5000, 2000, 2000, 10000, 60000, 3600000
        local HOLD, RELEASE, LONGEST, POLL = 1000, 10000, 120000, 50

        """

    /// The last part: the order of the steps.
    private static let exchange = """
        local own = load(id)
        if own and sequence <= own.sequence then return {-1} end
        if isSetBack() or isAnyWindowOver() then passAll() else passDue() end
        forgetWindows()
        if isFollowed(head.windows[principal]) then beginWindow(principal) end
        own = load(id)
        if own then count(own, -1) end
        own = reported(own)
        local granted, retry = grant(own)
        own.due = now + math.max(retry, 0)
        own.kind = kind(own)
        count(own, 1)
        save(own)
        head.last = now
        redis.call('HSET', KEYS[1], 'head', cmsgpack.pack(head))
        redis.call('PEXPIRE', KEYS[1], WINDOW_MEMORY * 2)
        redis.call('PEXPIRE', KEYS[2], WINDOW_MEMORY * 2)
        local w = head.windows[principal]
        return {granted, own.limit - now, retry, w.limit, w.remaining, w.reset, own.weight, head.weight, now}
        """
}
#endif
