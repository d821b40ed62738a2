#if Redis
extension ExchangeScript {
    /// The part of the script that applies a client's report to its window and its record.
    static let report = """
        local function isFollowed(w)
            return w and limit and w.reset > 0 and w.reset <= now + LEEWAY and reset > w.reset and reset <= now + LONGEST
        end

        local function isPast(w) return reset <= math.max(now, w.last) end

        local function note(w)
            if not limit or isPast(w) or reset > now + LONGEST then return end
            if reset == w.reset then
                w.limit, w.remaining = limit, math.min(w.remaining, remaining)
            elseif w.reset == 0 or reset > w.reset or remaining < w.remaining then
                w.limit, w.remaining, w.reset, w.sure = limit, remaining, reset, 0
            else
                return
            end
            w.hold = 0
            keepDoubts(w, function(doubt) return doubt.since >= departed end)
        end

        local function reported(m)
            local w = head.windows[principal] or {
                limit = 0, remaining = 0, sure = 0, reset = 0, last = 0, hold = 0, doubts = {}, held = 0, members = 0,
                sums = noSums()
            }
            head.windows[principal] = w
            keepDoubts(w, function(doubt) return doubt.owner ~= id end)
            note(w)
            m = m or {id = id, name = name, held = 0, limit = 0, taken = 0, unmet = 0, due = 0, order = 0, part = 0}
            local lost = m.order > acknowledged and m or {granted = 0, returned = 0, unstated = 0}
            w.remaining = math.max(0, w.remaining - math.max(0, unstated - lost.unstated))
            if exhausted then
                if w.reset > 0 and not (limit and isPast(w)) then w.remaining = 0 else w.hold = now + HOLD end
            end
            m.principal, m.weight, m.priority, m.held, m.order = principal, weight, priority, held, order
            m.taken, m.seen = math.max(0, m.taken - lost.granted - math.max(0, returned - lost.returned)), now
            if reportedTaken and limit and reset == w.reset then m.taken = reportedTaken end
            m.returned, m.unstated, m.alone = returned, unstated, alone > 0
            if m.alone then
                head.lost, head.expected = math.max(head.lost, now - alone), math.max(head.expected, now + ABSENCE)
            end
            return m
        end

        local function forOthers(act)
            local all = redis.call('HGETALL', KEYS[1])
            for index = 1, #all, 2 do
                local m = all[index] ~= 'head' and cmsgpack.unpack(all[index + 1])
                if m and m.id ~= id then act(m) end
            end
        end

        -- Whether a client may be going on without the store.
        local function isAwaited(m)
            return now < head.expected and math.max(m.seen, m.due) >= head.lost - INTEREST
                and (m.alone or m.seen <= head.lost)
        end

        -- The part that the client may use without the store from now on.
        local function nextPart(rest, hasFormerShare)
            if rest > 0 then return hasFormerShare and share or 0 end
            local weights, sum = head.weight, head.part
            if now < head.expected then
                forOthers(function(m)
                    if not m.present and isAwaited(m) then weights, sum = weights + m.weight, sum + m.part end
                end)
            end
            return math.max(0, math.min(div(WHOLE * weight, math.max(1, weights + weight)), WHOLE - sum))
        end

        -- What is set aside for the other clients of each principal, which may go on without the store; nil for nobody.
        local asides

        local function expect()
            if now >= head.expected then return end
            forOthers(function(m)
                if not isAwaited(m) then return end
                asides = asides or {}
                local w = head.windows[m.principal]
                local usable = w and math.max(1, div(w.limit * utilization, 1000)) or 0
                local left = math.max(0, math.max(1, div(usable * (m.part + 1), WHOLE)) - m.taken)
                asides[m.principal] = (asides[m.principal] or 0) + left
            end)
        end

        local function aside(name) return asides and asides[name] or 0 end

        """

    /// The part of the script that computes a client's share; see `LeaseShare`.
    static let share = """
        local function inDoubt(w)
            local sum = 0
            for _, doubt in ipairs(w.doubts) do sum = sum + doubt.count end
            return sum
        end

        local function canEndDoubts(w)
            for _, doubt in ipairs(w.doubts) do
                if now - doubt.since <= PRECISION then return false end
            end
            return true
        end

        local function reserved(limit) return limit - math.max(1, div(limit * utilization, 1000)) end

        local function heldBy(name, w, m) return w.held + (name == principal and m.held or 0) end

        local function free(name, w, m)
            return w.remaining - reserved(w.limit) - inDoubt(w) - heldBy(name, w, m) - aside(name)
        end

        local function kept(name, w, m)
            return w.reset > 0 and (heldBy(name, w, m) > 0 or not canEndDoubts(w)) and 1 or 0
        end

        -- Notes what is surely left: nothing while clients may have permits that the record does not know.
        local function settle(w, m, knowsAll)
            local free = w.remaining - inDoubt(w) - heldBy(principal, w, m)
            w.sure = knowsAll and math.max(0, math.min(w.sure, w.remaining), free) or 0
        end

        local function left(free, limit)
            return priority == 'bulk' and free - div(limit * reserve, 1000) or free
        end

        local function levelOfPrincipal(m, w)
            local all = heldBy(principal, w, m)
            local level = {
                limit = w.limit, free = FIRST - all, most = math.huge, kept = 0, shared = {[principal] = true}
            }
            if w.limit == 0 then return level end
            level.free = free(principal, w, m)
            local mayEndDoubts = all == 0 and not asides and canEndDoubts(w)
            if w.reset == 0 then
                level.most, level.mayProbe = FIRST - all, mayEndDoubts
            elseif #w.doubts > 0 then
                level.mayProbe = mayEndDoubts and left(w.sure - reserved(w.limit), w.limit) > 0
            end
            level.kept = kept(principal, w, m)
            return level
        end

        local function levelOfOrg(m)
            local known, largest = 0, 0
            for _, w in pairs(head.windows) do known, largest = known + 1, math.max(largest, w.limit) end
            if known < 2 or largest == 0 then return nil end
            local whole = div(largest * 1000, math.max(1, part))
            local level = {
                limit = whole, free = whole - reserved(whole), most = math.huge, kept = 0, shared = {[principal] = true}
            }
            local doubts, sure = head.windows[principal].doubts, level.free
            if head.held + m.held > 0 or not canEndDoubts(head.windows[principal]) then level.kept = 1 end
            for name, w in pairs(head.windows) do
                if #doubts == 0 and #w.doubts > 0 then level.kept = 1 end
                local out = inDoubt(w) + heldBy(name, w, m) + aside(name)
                if w.reset > 0 then level.free = level.free - w.limit + math.min(w.remaining, w.limit) end
                level.free = level.free - out
                sure = sure - (w.reset > 0 and w.limit - math.min(w.sure, w.limit) or out)
                if w.limit == 0 or free(name, w, m) > kept(name, w, m) then level.shared[name] = true end
            end
            level.mayProbe = #doubts > 0 and not asides and left(sure, whole) > 0
            return level
        end

        local function up(value, divisor)
            return value <= 0 and 0 or div(value + divisor - 1, math.max(1, divisor))
        end

        -- The client itself is in no sum.
        local function permits(level, m, w)
            local taken, hungry, quiet, quietWeight, urgent = m.taken, m.weight, 0, 0, 0
            for name in pairs(level.shared) do
                local sums = head.windows[name].sums
                local class = sums[priority]
                taken, hungry = taken + class.ht, hungry + class.hw
                quiet, quietWeight = quiet + class.qt, quietWeight + class.qw
                if priority == 'bulk' then urgent = urgent + sums.interactive.hu end
            end
            local open = left(level.free, level.limit) - urgent
            local kept = math.max(
                0, div((open + taken + quiet) * quietWeight, math.max(1, hungry + quietWeight)) - quiet)
            local rest = w.reset == 0 and RELEASE or math.max(0, math.min(w.reset - now, RELEASE))
            open = open - div(kept * rest, RELEASE)
            local fair = (open + taken) * m.weight - m.taken * hungry
            local room = up(fair, hungry)
            local whole = math.min(open, div(fair, math.max(1, hungry)) - (hungry > m.weight and 1 or 0))
            local most = math.min(open - level.kept, level.most - urgent)
            local count = math.min(most, room, up(most * m.weight, 2 * hungry))
            return level.mayProbe and urgent == 0 and math.max(1, count) or count, whole
        end

        -- The permits to grant, when to ask again, and what the client may use without the store.
        local function wish(m, w)
            if now < w.hold then return 0, w.hold - now, -1 end
            local own, org = levelOfPrincipal(m, w), levelOfOrg(m)
            local open, whole = permits(own, m, w)
            if org then
                local openOfOrg, wholeOfOrg = permits(org, m, w)
                open, whole = math.min(open, openOfOrg), math.min(whole, wholeOfOrg)
            end
            local granted = math.max(0, math.min(waiting + prefetch, open))
            local aside = w.limit > 0 and math.max(0, whole - granted) or -1
            local retry = POLL
            if w.reset > 0 then
                local over = math.max(1, w.reset - now)
                local canReturn = head.held + m.held > 0 or asides ~= nil
                for _, other in pairs(head.windows) do canReturn = canReturn or #other.doubts > 0 end
                retry = math.min(over, math.max(POLL * 2, (head.members + 1) * 2))
                if math.min(left(own.free, own.limit), org and left(org.free, org.limit) or math.huge) <= 0 and not canReturn
                    or w.remaining <= reserved(w.limit) then
                    retry = over
                end
            end
            return granted, retry, aside
        end

        local function grant(m)
            local w = head.windows[principal]
            local granted, retry, aside = wish(m, w)
            m.limit = now + LEASE
            if w.reset > 0 then m.limit = math.min(m.limit, w.reset) end
            m.held, m.taken, m.unmet = m.held + granted, m.taken + granted, math.max(0, waiting - granted)
            m.granted, w.sure = granted, math.max(0, w.sure - granted)
            return granted, granted < waiting and retry or -1, aside, retry
        end

        """
}
#endif
