#if Redis
extension ExchangeScript {
    /// The part of the script that reads its arguments and its records: the time, the windows with the sums, and the
    /// clients.
    ///
    /// The time is that of the server, corrected as in `StoreClock`. Clients whose times differ by milliseconds do not
    /// set it back.
    static let records = """
        local id, name, principal, priority = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
        local number = {}
        for index = 5, #ARGV do number[index] = tonumber(ARGV[index]) end
        local weight, order, stated, waiting, prefetch = number[5], number[6], number[7], number[8], number[9]
        local held, acknowledged, returned = number[10], number[11], number[12]
        local unstated, exhausted = number[13], number[14] == 1
        local utilization, reserve, part = number[15], number[16], number[17]
        local known, alone, share, reportedTaken = number[18], number[19], number[20], number[21]
        local limit, remaining, reset, departed = number[22], number[23], number[24], number[25]

        local stored = redis.call('HGET', KEYS[1], 'head')
        local head = stored and cmsgpack.unpack(stored) or {
            windows = {}, weight = 0, held = 0, members = 0, part = 0, last = 0, lost = 0, expected = 0
        }

        local function div(a, b)
            local quotient = a / b
            return quotient >= 0 and math.floor(quotient) or math.ceil(quotient)
        end

        local time = redis.call('TIME')
        local machine = time[1] * 1000 + math.floor(time[2] / 1000)
        if stated then
            local offset = stated - machine
            if not head.offset then head.began = nil end
            if head.offset and offset < head.offset and head.offset - offset <= LEEWAY then offset = head.offset - 1 end
            head.offset = offset
        end
        local now = machine + (head.offset or 0)
        if now < head.last and head.last - now <= LEEWAY then now = head.last end

        local function noSums()
            return {interactive = {ht = 0, hw = 0, hu = 0, qt = 0, qw = 0}, bulk = {ht = 0, hw = 0, hu = 0, qt = 0, qw = 0}}
        end

        local function load(id)
            local record = redis.call('HGET', KEYS[1], 'c' .. id)
            return record and cmsgpack.unpack(record)
        end

        -- When something about a client changes without an exchange: its lease ends, others no longer wait for it, or it
        -- is forgotten.
        local function nextChange(m)
            local change = math.max(m.seen, m.due) + MEMORY + 1
            if m.present then change = math.min(change, m.seen + INTEREST + 1) end
            if m.kind == 'h' then change = math.min(change, m.due + PATIENCE + 1) end
            if m.held > 0 then change = math.min(change, m.limit) end
            return change
        end

        local function save(m)
            redis.call('HSET', KEYS[1], 'c' .. m.id, cmsgpack.pack(m))
            redis.call('ZADD', KEYS[2], nextChange(m), m.id)
        end

        local function forget(m)
            redis.call('HDEL', KEYS[1], 'c' .. m.id)
            redis.call('ZREM', KEYS[2], m.id)
        end

        -- Whether a client has calls waiting (hungry), or took permits not long ago (quiet).
        local function kind(m)
            if m.unmet > 0 and now - m.due <= PATIENCE then return 'h' end
            if m.taken > 0 and now - m.seen <= INTEREST then return 'q' end
            return ''
        end

        -- Adds a client to the sums, or takes it out of them.
        local function count(m, sign)
            head.held, head.members = head.held + sign * m.held, head.members + sign
            if m.present then head.weight, head.part = head.weight + sign * m.weight, head.part + sign * m.part end
            local w = head.windows[m.principal]
            if not w then return end
            w.held, w.members = w.held + sign * m.held, w.members + sign
            local sums = w.sums[m.priority]
            if m.kind == 'h' then
                sums.ht, sums.hw, sums.hu = sums.ht + sign * m.taken, sums.hw + sign * m.weight,
                    sums.hu + sign * m.unmet
            elseif m.kind == 'q' then
                sums.qt, sums.qw = sums.qt + sign * m.taken, sums.qw + sign * m.weight
            end
        end

        -- Writes a client that was taken out of the sums, and adds it again.
        local function keep(m)
            m.kind, m.present = kind(m), now - m.seen <= INTEREST
            count(m, 1)
            save(m)
        end

        """

    /// The part of the script that applies the passage of time to the records.
    static let passes = """
        local function isSetBack() return now < head.last end

        local function isAnyWindowOver()
            for _, w in pairs(head.windows) do
                if w.reset > 0 and now >= w.reset then return true end
            end
            return false
        end

        local function keepDoubts(w, isKept)
            local doubts = {}
            for _, doubt in ipairs(w.doubts) do
                if isKept(doubt) then table.insert(doubts, doubt) end
            end
            w.doubts = doubts
        end

        local function endWindow(w)
            local over = w.reset
            w.last, w.reset, w.remaining, w.sure = over, 0, w.limit, 0
            keepDoubts(w, function(doubt) return doubt.since > over end)
        end

        -- Ends a lease whose time has passed; whether the client is gone.
        local function endLease(m)
            if m.limit > now then return false end
            if m.held > 0 then
                local w = head.windows[m.principal]
                if w then table.insert(w.doubts, {count = m.held, since = m.limit + LEEWAY, owner = m.id}) end
                m.held = 0
            end
            return now - math.max(m.seen, m.due) > MEMORY
        end

        -- Goes through the clients whose time has come.
        local function passDue()
            for _, other in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now)) do
                local m = load(other)
                if m then
                    count(m, -1)
                    if endLease(m) then forget(m) else keep(m) end
                else
                    redis.call('ZREM', KEYS[2], other)
                end
            end
        end

        -- Goes through all clients: a window is over, or the clock was set back, so that moments are too far ahead.
        local function passAll()
            local rolled = {}
            for name, w in pairs(head.windows) do
                if w.reset > now + LONGEST then w.reset = 0 end
                if w.last > now + LEEWAY then w.last = 0 end
                if w.hold > now + HOLD then w.hold = 0 end
                for _, doubt in ipairs(w.doubts) do doubt.since = math.min(doubt.since, now + LEEWAY) end
                if w.reset > 0 and now >= w.reset then
                    endWindow(w)
                    rolled[name] = true
                end
                w.held, w.members, w.sums = 0, 0, noSums()
            end
            head.weight, head.held, head.members, head.part = 0, 0, 0, 0
            local all = redis.call('HGETALL', KEYS[1])
            for index = 1, #all, 2 do
                if all[index] ~= 'head' then
                    local m = cmsgpack.unpack(all[index + 1])
                    m.limit, m.seen = math.min(m.limit, now + LEASE), math.min(m.seen, now)
                    if m.due > now + LONGEST then m.due = now end
                    if rolled[m.principal] then m.taken = 0 end
                    if endLease(m) then forget(m) else keep(m) end
                end
            end
        end

        -- Begins the window of a principal that the org has begun, although the clock does not show it yet.
        local function beginWindow(name)
            endWindow(head.windows[name])
            local all = redis.call('HGETALL', KEYS[1])
            for index = 1, #all, 2 do
                local m = all[index] ~= 'head' and cmsgpack.unpack(all[index + 1])
                if m and m.principal == name then
                    count(m, -1)
                    m.taken = 0
                    keep(m)
                end
            end
        end

        local function forgetWindows()
            for name, w in pairs(head.windows) do
                keepDoubts(w, function(doubt) return now - doubt.since < LONGEST end)
                if w.members == 0 and now - math.max(w.reset, w.last) > WINDOW_MEMORY then head.windows[name] = nil end
            end
        end

        """
}
#endif
