import OktaRuntime

/// The users of an org, by id, login and email.
struct UserTable: Sendable {
    /// The users, oldest first; nil for a deleted one.
    private var slots: [StoredUser?] = []
    /// The states by slot. They are contiguous in memory, so a search by state reads little.
    private var states: [UserStatusSet] = []
    private var byID: [String: Int] = [:]
    private var byLogin: [String: Int] = [:]
    /// The first user with an email address; few addresses belong to several users.
    private var byEmail: [String: Int] = [:]
    private var moreByEmail: [String: [Int]] = [:]
    private var layouts: [[String]: UserAttributes.Layout] = [:]
    /// The number of changes.
    private(set) var changes = 0

    var count: Int { byID.count }

    mutating func reserve(_ count: Int) {
        slots.reserveCapacity(slots.count + count)
        states.reserveCapacity(states.count + count)
        byID.reserveCapacity(byID.count + count)
        byLogin.reserveCapacity(byLogin.count + count)
        byEmail.reserveCapacity(byEmail.count + count)
    }

    // MARK: One user

    /// The user with an id.
    subscript(id: String) -> UserRecord? {
        guard let slot = byID[id] else { return nil }
        return slots[slot]?.record
    }

    func contains(_ id: String) -> Bool { byID[id] != nil }

    /// Returns the user with a login, case-insensitively.
    func withLogin(_ login: String) -> UserRecord? {
        guard let slot = byLogin[login.lowercased()] else { return nil }
        return slots[slot]?.record
    }

    /// Returns the user in a path: by id, by login, or by the part of the login before `@` if it is unique.
    func named(_ name: String) -> UserRecord? {
        if let user = self[name] ?? withLogin(name) { return user }
        // The id of a deleted user is not a login, so the logins need not be searched.
        let isID = name.utf8.count == 20 && name.hasPrefix("00u")
        guard !isID, !name.isEmpty, !name.utf8.contains(UInt8(ascii: "@")) else { return nil }
        let short = name.lowercased() + "@"
        var found: Int?
        for (login, slot) in byLogin where login.utf8.starts(with: short.utf8) {
            guard found == nil else { return nil }
            found = slot
        }
        return found.flatMap { slots[$0]?.record }
    }

    /// Returns the users with an email address, case-insensitively.
    func withEmail(_ email: String) -> [UserRecord] {
        let email = email.lowercased()
        return ((byEmail[email].map { [$0] } ?? []) + (moreByEmail[email] ?? [])).compactMap { slots[$0]?.record }
    }

    // MARK: Profiles

    /// Returns a profile that shares its names with other users' profiles.
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

    /// Returns the shared list of names.
    mutating func layout(_ names: [String]) -> UserAttributes.Layout {
        if let known = layouts[names] { return known }
        let layout = UserAttributes.Layout(names)
        layouts[names] = layout
        return layout
    }

    // MARK: Changes

    /// Stores a new or changed user.
    mutating func store(_ user: UserRecord) {
        changes += 1
        let slot: Int
        if let known = byID[user.id] {
            slot = known
            if let old = slots[slot]?.record { updateNames(of: slot, from: old, to: user) }
            slots[slot] = StoredUser(user)
            states[slot] = UserStatusSet(user.status)
            return
        }
        slot = slots.count
        slots.append(StoredUser(user))
        states.append(UserStatusSet(user.status))
        byID[user.id] = slot
        addNames(of: user, slot)
    }

    mutating func remove(_ id: String) {
        guard let slot = byID.removeValue(forKey: id), let user = slots[slot]?.record else { return }
        changes += 1
        removeNames(of: user, slot)
        slots[slot] = nil
        states[slot] = []
        if slots.count > 64, slots.count > 2 * byID.count { tidy() }
    }

    private mutating func updateNames(of slot: Int, from old: UserRecord, to new: UserRecord) {
        let names = ["login", "email"]
        guard names.contains(where: { old.profile.text($0) != new.profile.text($0) }) else { return }
        removeNames(of: old, slot)
        addNames(of: new, slot)
    }

    private mutating func addNames(of user: UserRecord, _ slot: Int) {
        if let login = user.profile.text("login")?.lowercased() { byLogin[login] = slot }
        if let email = user.profile.text("email")?.lowercased() {
            if byEmail[email] == nil { byEmail[email] = slot } else { moreByEmail[email, default: []].append(slot) }
        }
    }

    private mutating func removeNames(of user: UserRecord, _ slot: Int) {
        if let login = user.profile.text("login")?.lowercased(), byLogin[login] == slot { byLogin[login] = nil }
        guard let email = user.profile.text("email")?.lowercased() else { return }
        var others = moreByEmail.removeValue(forKey: email) ?? []
        if byEmail[email] == slot {
            byEmail[email] = others.isEmpty ? nil : others.removeFirst()
        } else {
            others.removeAll { $0 == slot }
        }
        if !others.isEmpty { moreByEmail[email] = others }
    }

    private mutating func tidy() { rebuild(slots.compactMap { $0 }) }

    /// Orders the users by id if all have ids of Okta's, which ascend with age.
    mutating func orderByAge() {
        let users = slots.compactMap { user in user.map { (id: $0.record.id, user: $0) } }
        guard users.allSatisfy({ $0.id.utf8.count == 20 }),
            zip(users, users.dropFirst()).contains(where: { $0.id > $1.id })
        else { return }
        rebuild(users.sorted { $0.id < $1.id }.map(\.user))
    }

    private mutating func rebuild(_ users: [StoredUser]) {
        self = UserTable(layouts: layouts, changes: changes)
        for user in users { store(user.record) }
    }

    init() {}

    private init(layouts: [[String]: UserAttributes.Layout], changes: Int) {
        self.layouts = layouts
        self.changes = changes
    }

    // MARK: All users

    /// Visits the users after an id, oldest first. `visit` returns false to stop.
    func forEach(
        after id: String? = nil, where wanted: UserStatusSet = .all, _ visit: (UserRecord) -> Bool
    ) {
        scan(after: id, where: wanted) { visit($0.record) }
    }

    /// Visits the stored users after an id without copying them.
    func scan(after id: String? = nil, where wanted: UserStatusSet = .all, _ visit: (StoredUser) -> Bool) {
        var slot = id.map(position) ?? 0
        while slot < slots.count {
            if !wanted.isDisjoint(with: states[slot]), let user = slots[slot] {
                guard visit(user) else { return }
            }
            slot += 1
        }
    }

    /// Returns the first slot with a greater id.
    private func position(after id: String) -> Int {
        if let slot = byID[id] { return slot + 1 }
        return slots.firstIndex { ($0?.record.id ?? "") > id } ?? slots.count
    }
}
