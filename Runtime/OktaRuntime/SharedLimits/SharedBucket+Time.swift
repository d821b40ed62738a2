/// The expiry of windows, leases and clients.
extension SharedBucket {
    /// Resets times that are too far in the future, because they come from a wrong clock.
    mutating func correct(_ now: Int) {
        for (principal, window) in windows {
            if window.reset > now + SharedLimitTimes.longestWindow { windows[principal]?.reset = 0 }
            if window.lastReset > now + SharedLimitTimes.leeway { windows[principal]?.lastReset = 0 }
            if window.hold > now + SharedLimitTimes.hold { windows[principal]?.hold = 0 }
            for index in window.doubts.indices where window.doubts[index].since > now + SharedLimitTimes.leeway {
                windows[principal]?.doubts[index].since = now + SharedLimitTimes.leeway
            }
        }
        for (id, member) in members {
            if member.until > now + SharedLimitTimes.lease { members[id]?.until = now + SharedLimitTimes.lease }
            if member.seen > now { members[id]?.seen = now }
            if member.due > now + SharedLimitTimes.longestWindow { members[id]?.due = now }
        }
        lost = min(lost, now)
        let longest = SharedLimitTimes.lease + SharedLimitTimes.absence + SharedLimitTimes.leeway
        if expected > now + longest { expected = 0 }
    }

    /// Begins a new window for each principal whose window has ended.
    mutating func roll(_ now: Int) {
        for (principal, window) in windows where window.reset > 0 && now >= window.reset { beginWindow(of: principal) }
    }

    /// Begins a new window of a principal, in which no client has taken a permit.
    mutating func beginWindow(of principal: String) {
        windows[principal]?.begin()
        for (id, member) in members where member.principal == principal { members[id]?.taken = 0 }
    }

    /// Ends expired leases and removes clients that are gone.
    mutating func expire(_ now: Int) {
        for (id, member) in members where member.until <= now {
            if member.held > 0 {
                let since = member.until + SharedLimitTimes.leeway
                windows[member.principal]?.doubts.append(Doubt(count: member.held, since: since, owner: id))
                members[id]?.held = 0
            }
            if now - max(member.seen, member.due) > SharedLimitTimes.memory { members[id] = nil }
        }
        for principal in windows.keys {
            // Without responses that state a limit, no window ends, and doubts would stay forever.
            windows[principal]?.doubts.removeAll { now - $0.since >= SharedLimitTimes.longestWindow }
        }
        let principals = Set(members.values.map(\.principal))
        windows = windows.filter { principal, window in
            principals.contains(principal) || now - max(window.reset, window.lastReset) <= SharedLimitTimes.windowMemory
        }
    }
}
