import OktaRuntime

/// The users of an org, by id, login and email.
struct UserTable: Sendable {
    /// The users in the order of their ids; nil where one was deleted.
    private var slots: [UserRecord?] = []
    /// The states by slot, beside each other in memory, so that a search by state reads little.
    private var states: [UserStatus] = []
    private var byID: [String: Int] = [:]
    private var byLogin: [String: Int] = [:]
    private var byEmail: [String: [Int]] = [:]
    private var layouts: [[String]: UserAttributes.Layout] = [:]

    var count: Int { byID.count }

    mutating func reserve(_ count: Int) {
        slots.reserveCapacity(slots.count + count)
        states.reserveCapacity(states.count + count)
        byID.reserveCapacity(byID.count + count)
        byLogin.reserveCapacity(byLogin.count + count)
        byEmail.reserveCapacity(byEmail.count + count)
    }

    /// Reads a user by id.
    subscript(id: String) -> UserRecord? {
        guard let slot = byID[id] else { return nil }
        return slots[slot]
    }

    /// The user with a login, whatever the letter case.
    func withLogin(_ login: String) -> UserRecord? {
        guard let slot = byLogin[login.lowercased()] else { return nil }
        return slots[slot]
    }

    /// The user that a path names: by id, by login, or by the part of the login before `@` if only one has it.
    func named(_ name: String) -> UserRecord? {
        if let user = self[name] ?? withLogin(name) { return user }
        guard !name.contains("@"), !name.isEmpty else { return nil }
        let short = name.lowercased() + "@"
        var found: Int?
        for (login, slot) in byLogin where login.hasPrefix(short) {
            guard found == nil else { return nil }
            found = slot
        }
        return found.flatMap { slots[$0] }
    }

    /// Users with an email, whatever the letter case.
    func withEmail(_ email: String) -> [UserRecord] {
        (byEmail[email.lowercased()] ?? []).compactMap { slots[$0] }
    }

    /// A profile whose names are shared with other users that have the same.
    mutating func attributes(_ members: [(key: String, value: JSON)]) -> UserAttributes {
        var names: [String] = []
        var values: [UserAttributes.Value] = []
        names.reserveCapacity(members.count)
        values.reserveCapacity(members.count)
        for (key, value) in members {
            names.append(key)
            values.append(UserAttributes.Value(value))
        }
        return UserAttributes(layout: layout(names), values: values)
    }

    /// The shared list of names.
    mutating func layout(_ names: [String]) -> UserAttributes.Layout {
        if let known = layouts[names] { return known }
        let layout = UserAttributes.Layout(names)
        layouts[names] = layout
        return layout
    }

    /// Stores a new user, or one that changed.
    mutating func store(_ user: UserRecord) {
        let slot: Int
        if let known = byID[user.id] {
            slot = known
            removeNames(of: slot)
            slots[slot] = user
            states[slot] = user.status
        } else {
            slot = slots.count
            slots.append(user)
            states.append(user.status)
            byID[user.id] = slot
        }
        if let login = user.profile.text("login") { byLogin[login.lowercased()] = slot }
        if let email = user.profile.text("email") { byEmail[email.lowercased(), default: []].append(slot) }
    }

    mutating func remove(_ id: String) {
        guard let slot = byID.removeValue(forKey: id) else { return }
        removeNames(of: slot)
        slots[slot] = nil
        states[slot] = .deprovisioned
        if slots.count > 64, slots.count > 2 * byID.count { tidy() }
    }

    /// The users from an id on, in order; the id itself is left out. `visit` returns false to end.
    func forEach(after id: String? = nil, where status: UserStatus? = nil, _ visit: (UserRecord) -> Bool) {
        var slot = 0
        if let id { slot = position(after: id) }
        while slot < slots.count {
            if status == nil || states[slot] == status, let user = slots[slot] {
                guard visit(user) else { return }
            }
            slot += 1
        }
    }

    /// The first slot whose id is greater, by halving: ids ascend with the slots unless users were seeded with ids.
    private func position(after id: String) -> Int {
        if let slot = byID[id] { return slot + 1 }
        return slots.firstIndex { ($0?.id ?? "") > id } ?? slots.count
    }

    private mutating func removeNames(of slot: Int) {
        guard let user = slots[slot] else { return }
        if let login = user.profile.text("login")?.lowercased(), byLogin[login] == slot { byLogin[login] = nil }
        if let email = user.profile.text("email")?.lowercased() {
            byEmail[email]?.removeAll { $0 == slot }
            if byEmail[email]?.isEmpty == true { byEmail[email] = nil }
        }
    }

    private mutating func tidy() {
        let users = slots.compactMap { $0 }
        slots = []
        states = []
        byID = [:]
        byLogin = [:]
        byEmail = [:]
        for user in users { store(user) }
    }
}
