#if Redis
internal import OktaRuntime

/// The server-side script of an exchange, which implements `SharedBucket.exchange`.
///
/// An exchange reads and writes only the records that change: the bucket's windows and sums, the client's record, and
/// the records that are due according to a sorted set. Its cost therefore does not grow with the number of clients,
/// except when a window has ended or the clock was set back, which requires all records.
///
/// A server may lose its data by a flush or a restart, while clients still hold permits. A client's store therefore
/// states the creation time of the record that it last used. If another record has replaced it, the script grants no
/// permits until the leases of the old record have expired. Until then, clients use the permits that they hold, and
/// report them.
///
/// The hash has one field with windows and sums, and one field per client. Both keys have the same hash tag, so that
/// they are on the same cluster node. The layouts are documented in `ExchangeScript+Records` and ``ExchangeWire``.
enum ExchangeScript {
    /// The script. Its parts share their local names.
    static let text = numbers + records + passes + report + share + exchange

    /// The constants of the protocol, documented in `SharedLimitTimes`.
    private static let numbers = """
        local LEASE, LEEWAY, PATIENCE, INTEREST = \(Times.lease), \(Times.leeway), \(Times.patience), \(Times.interest)
        local MEMORY, WINDOW_MEMORY, LONGEST = \(Times.memory), \(Times.windowMemory), \(Times.longestWindow)
        local HOLD, RELEASE, POLL, FIRST = \(Times.hold), \(Times.release), \(Times.poll), \(SharedBucket.firstCalls)
        local ABSENCE, PRECISION, WHOLE = \(Times.absence), \(Times.precision), \(SharedBucket.whole)

        """

    private typealias Times = SharedLimitTimes

    /// The last part, which runs the steps in order.
    private static let exchange = """
        head.born, head.began = head.born or now, head.began or now
        if known and known ~= head.born then head.pause = head.began + LEASE end
        local own = load(id)
        if own and order > 0 and order <= own.order then return {-1} end
        local hasFormerShare = known and known ~= head.born or own and own.alone
        if isSetBack() or isAnyWindowOver() then passAll() else passDue() end
        forgetWindows()
        head.lost = math.min(head.lost, now)
        if head.expected > now + LEASE + ABSENCE + LEEWAY then head.expected = 0 end
        if isFollowed(head.windows[principal]) then beginWindow(principal) end
        own = load(id)
        if own then count(own, -1) end
        own = reported(own)
        local rest = head.pause and head.pause - now or 0
        if rest > LEASE + LEEWAY or rest <= 0 then head.pause, rest = nil, 0 end
        local asked = waiting
        if rest > 0 then
            waiting, prefetch, own.alone = 0, 0, alone > 0 or hasFormerShare
            head.expected = math.max(head.expected, head.pause + ABSENCE)
        end
        settle(head.windows[principal], own, rest == 0)
        expect()
        local granted, retry, aside, later = grant(own)
        local part = nextPart(rest, hasFormerShare)
        own.part = math.max(part, share)
        if rest > 0 then aside = -1 end
        if rest > 0 and asked > 0 then retry = math.max(later, rest) end
        own.due = now + math.max(retry, 0)
        keep(own)
        head.last = now
        redis.call('HSET', KEYS[1], 'head', cmsgpack.pack(head))
        redis.call('PEXPIRE', KEYS[1], WINDOW_MEMORY * 2)
        redis.call('PEXPIRE', KEYS[2], WINDOW_MEMORY * 2)
        local w = head.windows[principal]
        return {granted, own.limit - now, retry, w.limit, w.remaining, w.reset, part, now, head.born, aside, rest > 0 and 1 or 0}
        """
}
#endif
