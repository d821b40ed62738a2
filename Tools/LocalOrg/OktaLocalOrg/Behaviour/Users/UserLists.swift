import OktaRuntime

extension UserRecord: FilterRow {
    func value(_ path: FilterPath) -> FilterValue {
        if let attribute = path.attribute {
            switch profile[attribute] {
            case .text(let text): return .text(text)
            case .json(let json): return FilterValue(json)
            case .null, nil: return .absent
            }
        }
        switch path.text {
        case "id": return .text(id)
        case "status": return .text(status.rawValue)
        case "created": return .time(created.seconds)
        case "activated": return activated.map { .time($0.seconds) } ?? .absent
        case "statusChanged": return statusChanged.map { .time($0.seconds) } ?? .absent
        case "lastLogin": return lastLogin.map { .time($0.seconds) } ?? .absent
        case "lastUpdated": return .time(lastUpdated.seconds)
        case "passwordChanged": return passwordChanged.map { .time($0.seconds) } ?? .absent
        case "type.id": return .text(typeID)
        case "realmId": return realmID.map { .text($0) } ?? .absent
        case "credentials.provider.type": return .text(credentials.providerType)
        case "credentials.provider.name": return .text(credentials.providerName)
        default: return .absent
        }
    }
}

/// Lists of users, and of a user's groups.
enum UserLists {
    private static let page = PageRule(200, cursorPrefix: "0")
    private static let searchPage = PageRule(200)
    /// What `filter` takes; `search` takes every attribute.
    private static let filterPaths: Set = [
        "status", "lastUpdated", "id", "profile.login", "profile.email", "profile.firstName", "profile.lastName",
        "type.id",
    ]

    static func parsed(_ text: String) throws(OrgFault) -> FilterExpression {
        do throws(FilterError) {
            return try FilterParser.parse(text)
        } catch {
            throw .invalidSearch(error.message)
        }
    }

    static func users(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> Reply {
        let search = call.query("search")
        let filter = call.query("filter")
        let query = call.query("q")
        var expression: FilterExpression?
        if let text = search ?? filter, !text.isEmpty {
            let parsed = try parsed(text)
            if search == nil, let other = parsed.paths.first(where: { !filterPaths.contains($0.text) }) {
                throw .invalidSearch("The attribute '\(other.text)' is not supported by filter.")
            }
            expression = parsed
        }
        if let sortBy = call.query("sortBy"), search != nil {
            return try sorted(by: sortBy, expression, call, org)
        }
        let words = query?.lowercased().split(separator: " ").map(String.init) ?? []
        let rule = search == nil ? page : searchPage
        let limit = query != nil && call.query("limit") == nil ? 10 : try rule.limit(call)
        let showsAll = expression != nil
        var found: [UserRecord] = []
        let accept = { (user: UserRecord) -> Bool in
            if !showsAll, user.status == .deprovisioned { return true }
            if let expression, !expression.matches(user) { return true }
            if !words.isEmpty, !Self.matches(user, words) { return true }
            found.append(user)
            return found.count <= limit
        }
        let start = try rule.start(call)
        if let candidates = expression.flatMap({ Self.candidates($0, org) }) {
            for user in candidates.sorted(by: { $0.id < $1.id }) where user.id > (start ?? "") {
                guard accept(user) else { break }
            }
        } else {
            org.users.forEach(after: start, where: expression.flatMap(Self.status), accept)
        }
        let hasMore = found.count > limit && query == nil
        if found.count > limit { found.removeLast(found.count - limit) }
        var reply = Self.reply(found, call, org)
        reply.headers = rule.links(call, limit: limit, next: hasMore ? found.last?.id : nil)
        return reply
    }

    /// Users as list items.
    static func reply(_ users: some Sequence<UserRecord>, _ call: Call, _ org: OrgState) -> Reply {
        let presenter = UserPresenter(origin: call.origin, isListItem: true)
        var body: [UInt8] = []
        body.append(UInt8(ascii: "["))
        for user in users {
            if body.count > 1 { body.append(UInt8(ascii: ",")) }
            presenter.write(user, org, into: &body)
        }
        body.append(UInt8(ascii: "]"))
        return Reply(status: 200, body: body)
    }

    /// The few users that can fit a comparison with an indexed attribute; nil when all have to be looked at.
    private static func candidates(_ expression: FilterExpression, _ org: OrgState) -> [UserRecord]? {
        switch expression {
        case .compare(let path, .equal, .text(let text)):
            switch path.text {
            case "id": return org.users[text].map { [$0] } ?? []
            case "profile.login": return org.users.withLogin(text).map { [$0] } ?? []
            case "profile.email": return org.users.withEmail(text)
            default: return nil
            }
        case .and(let left, let right): return candidates(left, org) ?? candidates(right, org)
        case .or(let left, let right):
            guard let left = candidates(left, org), let right = candidates(right, org) else { return nil }
            let known = Set(left.map(\.id))
            return left + right.filter { !known.contains($0.id) }
        default: return nil
        }
    }

    /// The only state that can fit.
    private static func status(_ expression: FilterExpression) -> UserStatus? {
        switch expression {
        case .compare(let path, .equal, .text(let text)) where path.text == "status":
            return UserStatus(rawValue: text.uppercased())
        case .and(let left, let right): return status(left) ?? status(right)
        default: return nil
        }
    }

    /// `q`: the beginnings of first name, last name and email.
    private static func matches(_ user: UserRecord, _ words: [String]) -> Bool {
        let texts = ["firstName", "lastName", "email", "login"].compactMap { user.profile.text($0)?.lowercased() }
        return words.allSatisfy { word in texts.contains { $0.hasPrefix(word) } }
    }

    private static func sorted(
        by name: String, _ expression: FilterExpression?, _ call: Call, _ org: OrgState
    ) throws(OrgFault) -> Reply {
        let path = FilterPath(name)
        var rows: [(key: String, user: UserRecord)] = []
        org.users.forEach { user in
            if expression?.matches(user) != false { rows.append((user.value(path).sortKey + "\u{1}" + user.id, user)) }
            return true
        }
        let descends = call.query("sortOrder")?.lowercased().hasPrefix("desc") == true
        rows.sort { descends ? $0.key > $1.key : $0.key < $1.key }
        let limit = try searchPage.limit(call)
        var begin = 0
        if let start = try searchPage.start(call), let known = rows.firstIndex(where: { $0.user.id == start }) {
            begin = known + 1
        }
        let end = min(begin + limit, rows.count)
        var reply = Self.reply(rows[begin..<end].map(\.user), call, org)
        reply.headers = searchPage.links(call, limit: limit, next: end < rows.count ? rows[end - 1].user.id : nil)
        return reply
    }

    private static let groupPage = PageRule(200)

    /// The groups of a user: everyone first.
    static func groups(_ call: Call, _ org: inout OrgState) throws(OrgFault) -> Reply {
        let user = try UserOperations.find(call, org)
        let table = org.tables[GroupOperations.kind]
        let ids = [org.identity.everyoneID] + org.memberships.groups(of: user.id).sorted()
        let rows = ids.compactMap { id in table[id].map { (id, $0) } }
        let snapshot = org
        return try groupPage.reply(call, rows) { GroupOperations.shown($0, call, snapshot) }
    }
}
