#if Redis
internal import OktaRuntime

/// The script of an exchange: what `SharedBucket.exchange` does, in the server.
///
/// One exchange reads and writes what changes: the bucket's windows and sums, the client's own record, and the records
/// whose time has come, by the sorted set of these times. So its cost does not grow with the number of clients, except
/// that all records are gone through when a window has ended, or the clock was set back.
///
/// A server may lose what it knew: it is emptied, or started again. Clients then still have permits that it knows nothing
/// of. A client's store states when the record began that it knew last; another one has taken its place since, and grants
/// nothing until the leases of the former have ended. Clients meanwhile use the permits that they have, and report them.
///
/// The hash has one field with windows and sums, and one per client; both keys have one hash tag, so that they are on one
/// node of a cluster. The layouts are in `ExchangeScript+Records` and in ``ExchangeWire``.
enum ExchangeScript {
    /// The script. Its parts share their local names.
    static let text = numbers + records + passes + report + share + exchange

    /// The numbers of the protocol, which `SharedLimitTimes` explains.
    private static let numbers = """
        local LEASE, LEEWAY, PATIENCE, INTEREST = \(Times.lease), \(Times.leeway), \(Times.patience), \(Times.interest)
        local MEMORY, WINDOW_MEMORY, LONGEST = \(Times.memory), \(Times.windowMemory), \(Times.longestWindow)
        local HOLD, RELEASE, POLL, FIRST = \(Times.hold), \(Times.release), \(Times.poll), \(SharedBucket.firstCalls)
        local ABSENCE, PRECISION, WHOLE = \(Times.absence), \(Times.precision), \(SharedBucket.whole)

        """

    private typealias Times = SharedLimitTimes

    /// The last part: the order of the steps.
    private static let exchange = """
        head.born = head.born or now
        if known and known ~= head.born then head.pause = head.born + LEASE end
        local own = load(id)
        if own and order > 0 and order <= own.order then return {-1} end
        if isSetBack() or isAnyWindowOver() then passAll() else passDue() end
        forgetWindows()
        head.lost = math.min(head.lost, now)
        if head.expected > now + ABSENCE + LEEWAY then head.expected = 0 end
        if isFollowed(head.windows[principal]) then beginWindow(principal) end
        own = load(id)
        if own then count(own, -1) end
        own = reported(own)
        local rest = head.pause and head.pause - now or 0
        if rest > LEASE + LEEWAY or rest <= 0 then head.pause, rest = nil, 0 end
        local asked = waiting
        if rest > 0 then waiting, prefetch = 0, 0 end
        settle(head.windows[principal], own, rest == 0)
        expect()
        local granted, retry, aside, later = grant(own)
        local part = tell(rest)
        own.part = math.max(part, told)
        if rest > 0 then aside = -1 end
        if rest > 0 and asked > 0 then retry = math.max(later, rest) end
        own.due = now + math.max(retry, 0)
        own.kind = kind(own)
        count(own, 1)
        save(own)
        head.last = now
        redis.call('HSET', KEYS[1], 'head', cmsgpack.pack(head))
        redis.call('PEXPIRE', KEYS[1], WINDOW_MEMORY * 2)
        redis.call('PEXPIRE', KEYS[2], WINDOW_MEMORY * 2)
        local w = head.windows[principal]
        return {granted, own.limit - now, retry, w.limit, w.remaining, w.reset, part, now, head.born, aside}
        """
}
#endif
