import OktaRuntime

/// Lists of users, and of a user's groups.
enum UserLists {
    private static let page = PageRule(200, cursorPrefix: "0")
    private static let searchPage = PageRule(200)

    static func users(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let search = call.query("search")
        let query = call.query("q")
        var expression: FilterExpression?
        if let text = search ?? call.query("filter"), !text.isEmpty {
            let parsed = try FilterExpression.requested(text)
            if search == nil { try UserFilterRule.check(parsed) }
            expression = parsed
        }
        if let sortBy = call.query("sortBy"), !sortBy.isEmpty, search != nil {
            return try sorted(by: sortBy, expression, call, org)
        }
        let matcher = expression.map { FilterMatcher($0, isExact: search == nil) }
        let words = (query ?? "").split(separator: " ").map { TextPattern(String($0), isExact: false) }
        let rule = search == nil ? page : searchPage
        let limit = query != nil && call.query("limit") == nil ? 10 : try rule.limit(call)
        let states = expression == nil ? UserStatusSet.all.subtracting(.init(.deprovisioned)) : .all
        var found: [StoredUser] = []
        let accept = { (user: StoredUser) -> Bool in
            if let matcher, !matcher.matches(user) { return true }
            if !words.isEmpty, !Self.matches(user.record, words) { return true }
            found.append(user)
            return found.count <= limit
        }
        let start = try rule.start(call)
        if let candidates = expression.flatMap({ UserCandidates.find($0, org) }) {
            for user in candidates.sorted(by: { $0.id < $1.id }) where user.id > (start ?? "") {
                guard accept(StoredUser(user)) else { break }
            }
        } else {
            let wanted = states.intersection(expression.map(UserCandidates.states) ?? .all)
            org.users.scan(after: start, where: wanted, accept)
        }
        let hasMore = found.count > limit && query == nil
        if found.count > limit { found.removeLast(found.count - limit) }
        var response = UserResponses.list(found.map(\.record), call, org)
        var linked = rule
        // An invalid sort order is dropped from the `self` link.
        if let order = call.query("sortOrder"), !["asc", "desc"].contains(order.lowercased()) {
            linked.dropped.insert("sortOrder")
        }
        response.headers = linked.links(call, limit: limit, next: hasMore ? found.last?.record.id : nil)
        return response
    }

    /// Returns whether `q` matches a user: prefixes of first name, last name and email.
    private static func matches(_ user: UserRecord, _ words: [TextPattern]) -> Bool {
        words.allSatisfy { word in
            ["firstName", "lastName", "email", "login"].contains { name in
                user.profile.text(name).map { word.holds($0, .startsWith) } == true
            }
        }
    }

    /// Returns the users in the order of `sortBy`, then of ids. A cursor is a position in this order, so it remains
    /// valid when users are added or removed.
    private static func sorted(
        by name: String, _ expression: FilterExpression?, _ call: Call, _ org: OrgState
    ) throws(OrgFault) -> OrgResponse {
        let path = FilterPath(name)
        let matcher = expression.map { FilterMatcher($0) }
        let descends = call.query("sortOrder")?.lowercased().hasPrefix("desc") == true
        let start = try searchPage.start(call)
        var rows: [(key: String, user: StoredUser)] = []
        org.users.scan(where: expression.map(UserCandidates.states) ?? .all) { user in
            if matcher?.matches(user) != false {
                let key = Cursor.key(place: user.value(path).sortKey, id: user.record.id)
                if let start, descends ? key >= start : key <= start { return true }
                rows.append((key, user))
            }
            return true
        }
        rows.sort { descends ? $0.key > $1.key : $0.key < $1.key }
        let limit = try searchPage.limit(call)
        let found = rows.prefix(limit)
        var response = UserResponses.list(found.map(\.user.record), call, org)
        response.headers = searchPage.links(call, limit: limit, next: rows.count > limit ? found.last?.key : nil)
        return response
    }

    private static let groupPage = PageRule(200)

    /// Returns the groups of a user, with Everyone first.
    static func groups(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> OrgResponse {
        let user = try call.user(org)
        let table = org.tables[Kinds.groups]
        let ids = [org.identity.everyoneID] + org.memberships.groups(of: user.id).sorted()
        let rows = ids.compactMap { id in table[id].map { (id, $0) } }
        let snapshot = org
        return try groupPage.response(call, rows) { GroupOperations.shown($0, call, snapshot) }
    }
}
