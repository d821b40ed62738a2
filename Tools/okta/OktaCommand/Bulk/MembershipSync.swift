#if CommandLine
internal import HTTPTypes
package import OktaRuntime

/// Makes the members of a group equal to a set: shows the additions and removals, then performs them as one journaled
/// run.
package struct MembershipSync: Sendable {
    /// The arguments of the command.
    package struct Request: Sendable {
        /// The group's name or id.
        package var group: String
        /// The desired members.
        package var set: SetSource
        package var profile: String?
        package var isConfirmed = false
        package var isDryRun = false
        /// Whether an empty set may remove all members.
        package var allowsEmpty = false
        package var output = OutputOptions()
        package var settings = RunSettings()

        package init(group: String, set: SetSource) {
            self.group = group
            self.set = set
        }
    }

    private let request: Request
    private let progress: ProgressLine
    private let context: ProgramContext
    private let addition: CommandAction
    private let removal: CommandAction
    private let listing: RelatedAction

    package init(_ request: Request, progress: ProgressLine, context: ProgramContext) throws(CommandFailure) {
        self.request = request
        self.progress = progress
        self.context = context
        let members = ActionPath("/api/v1/groups/{groupId}/users")
        let member = ActionPath("/api/v1/groups/{groupId}/users/{userId}")
        guard let anchor = CatalogModule.management.registry.actions.first,
            case let start = CommandAction(anchor, in: .management), let addition = start.related(.put, member),
            let removal = start.related(.delete, member), let listing = start.related(.get, members)
        else { throw CommandFailure(.refused, "the catalog has no actions for the members of groups") }
        self.addition = addition.action
        self.removal = removal.action
        self.listing = listing
    }

    /// Performs the synchronization.
    package func run(through client: OktaClient) async throws(CommandFailure) {
        let client = try request.settings.client(client)
        let names = NameResolver(client)
        let table = try MembershipTable()
        let group: String
        do throws(CommandFailure) {
            group = try await names.id(of: request.group, in: .groups)
            try await readMembers(of: group, into: table, client)
            try await readWanted(into: table, client, names)
        } catch {
            throw error.beforeChanges
        }
        let counts = try table.counts()
        guard counts.added + counts.kept > 0 || request.allowsEmpty else {
            throw .usage(
                "\(request.set.text) names nobody; the group would lose all of its members: \(counts.removed)",
                advice: "Add --allow-empty if that is intended.")
        }
        progress.hide()
        try show(table, counts)
        guard counts.added + counts.removed > 0 else {
            return context.notices.print("okta: the group has these members already; there is nothing to do")
        }
        try await work(table, counts, group, client)
    }

    private func work(
        _ table: MembershipTable, _ counts: (added: Int, removed: Int, kept: Int), _ group: String,
        _ client: OktaClient
    ) async throws(CommandFailure) {
        let folder = try RunFolder(context)
        let created = Moment.now
        var header = RunHeader(
            id: RunFolder.newID(at: created), created: created, orgURL: client.configuration.orgURL,
            profile: request.profile,
            title: "group sync-members --group \(request.group) --to \(request.set.withAbsolutePath(context).text)")
        let run = request.isDryRun ? nil : try folder.create(header)
        let journal = if let run { run.journal } else { try RunJournal(path: "") }
        do throws(CommandFailure) {
            header.rowCount = try fill(journal, table, group)
            if request.isDryRun {
                return try DryRun(
                    journal: journal, client: client, keepsBefore: false, options: request.output, context: context,
                    knownLimits: folder.knownLimits(of: header.orgURL)
                ).show()
            }
            if counts.removed > 0 || context.input.isTerminal {
                try Confirmation(
                    isGiven: request.isConfirmed, inputIsTaken: request.set.path == "-", context: context
                )
                .ask("This would add \(counts.added) and remove \(counts.removed) members of \(request.group)")
            }
            header.phase = .running
            try journal.write(header)
        } catch {
            if let run { folder.remove(run, id: header.id) }
            throw error.beforeChanges
        }
        try await RunWork(journal, header, settings: request.settings, progress: progress, context: context)
            .finish(client)
    }

    private func readMembers(
        of group: String, into table: MembershipTable, _ client: OktaClient
    ) async throws(CommandFailure) {
        let values = Dictionary(uniqueKeysWithValues: listing.action.path.names.map { ($0, group) })
        do {
            for try await page in try ActionCall(listing.action, values: values).pages(through: client).pages {
                try table.addMembers(page.items)
            }
        } catch {
            throw CommandFailure(of: error)
        }
    }

    private func readWanted(
        into table: MembershipTable, _ client: OktaClient, _ names: NameResolver
    ) async throws(CommandFailure) {
        let open = addition.path.names.suffix(1)
        let kind = try RowKind(request.set, for: addition, open: Array(open), values: [:])
        var reader = try await RowReader(request.set, kind, client: client, names: names, context: context)
        let user = ActionPath("/api/v1/users/{id}")
        guard let reading = addition.related(.get, user) else { return }
        var unknown: [String] = []
        var unknownCount = 0
        while let row = try await reader.next() {
            progress.add(items: 1)
            guard let name = row.identity, !name.isEmpty else { throw .usage("\(row.place) names nobody") }
            if try table.want(name) { continue }
            if request.set.isList {
                try table.want(id: name, login: row.value["profile"]?["login"]?.string)
            } else if let user = try await PresentObject(client).read(reading, ["id": name]),
                let id = user["id"]?.string
            {
                try table.want(id: id, login: user["profile"]?["login"]?.string)
            } else {
                unknownCount += 1
                if unknown.count < Self.shown { unknown.append("\(row.place): there is no user '\(name)'") }
            }
        }
        guard unknownCount == 0 else {
            let more = unknownCount > unknown.count ? "\n  and \(unknownCount - unknown.count) more" : ""
            let rows = unknownCount == 1 ? "1 row names" : "\(unknownCount) rows name"
            throw .usage("\(rows) no user; nothing was sent\n  " + unknown.joined(separator: "\n  ") + more)
        }
    }

    private func show(
        _ table: MembershipTable, _ counts: (added: Int, removed: Int, kept: Int)
    ) throws(CommandFailure) {
        for (isAddition, count) in [(true, counts.added), (false, counts.removed)] {
            for (id, login) in try table.changes(isAddition: isAddition, after: "", limit: Self.shown) {
                context.notices.print("  \(isAddition ? "+" : "-") \(login ?? id)")
            }
            guard count > Self.shown else { continue }
            context.notices.print("  \(isAddition ? "+" : "-") and \(count - Self.shown) more")
        }
        context.notices.print("\(counts.added) to add, \(counts.removed) to remove, \(counts.kept) stay")
        context.notices.flush()
    }

    /// Writes a row for each change. Additions precede removals, so that nobody loses access in between.
    private func fill(
        _ journal: RunJournal, _ table: MembershipTable, _ group: String
    ) throws(CommandFailure) -> Int {
        var number = 0
        for isAddition in [true, false] {
            let action = isAddition ? addition : removal
            let names = action.path.names
            var after = ""
            while case let people = try table.changes(isAddition: isAddition, after: after, limit: 500),
                let last = people.last
            {
                after = last.id
                _ = try journal.add(
                    people.map { id, login in
                        number += 1
                        let call = RowCall(action, values: [names[0]: group, names[1]: id])
                        return RunJournal.NewRow(
                            number: number, place: login ?? id, call: call, before: JSON(!isAddition))
                    })
            }
        }
        return number
    }

    private static let shown = 20
}
#endif
