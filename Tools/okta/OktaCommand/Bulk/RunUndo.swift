#if CommandLine
internal import HTTPTypes
package import OktaRuntime

/// Undoes a run as a separate run, last change first.
package struct RunUndo: Sendable {
    private let context: ProgramContext
    private let settings: RunSettings
    private let progress: ProgressLine

    package init(settings: RunSettings, progress: ProgressLine, context: ProgramContext) {
        self.settings = settings
        self.progress = progress
        self.context = context
    }

    /// The undo of one row.
    private enum Step {
        case call(RowCall)
        /// The row cannot be undone; with the reason.
        case impossible(String)
        /// The row changed nothing.
        case nothing
    }

    /// Undoes a run.
    ///
    /// - Parameters:
    ///   - isConfirmed: Whether `--yes` is given.
    ///   - dryRun: The output options of a dry run; nil to send the calls.
    package func run(
        _ name: String, through client: OktaClient, profile: String?, isConfirmed: Bool, dryRun: OutputOptions?
    ) async throws(CommandFailure) {
        let folder = try RunFolder(context)
        let former = try folder.open(name)
        let old = try RunWork.header(of: former.journal, name, client)
        let client = try settings.client(client)
        let created = Moment.now
        var header = RunHeader(
            id: RunFolder.newID(at: created), created: created, orgURL: old.orgURL, profile: profile ?? old.profile,
            title: "undo of \(old.id): \(old.title)", undoes: old.id)
        let run = dryRun == nil ? try folder.create(header) : nil
        let journal = if let run { run.journal } else { try RunJournal(path: "") }
        do throws(CommandFailure) {
            let (count, problems, problemCount) = try await plan(former.journal, into: journal)
            for text in problems { context.notices.print("okta: \(text)") }
            if problemCount > problems.count {
                context.notices.print("okta: and \(problemCount - problems.count) more rows that cannot be undone")
            }
            context.notices.flush()
            header.rowCount = count
            if let dryRun {
                try DryRun(
                    journal: journal, client: client, keepsBefore: true, options: dryRun, context: context,
                    knownLimits: former.journal.limits(), isUndo: true
                ).show()
                return
            }
            guard count > 0 else {
                if let run { folder.remove(run, id: header.id) }
                if problemCount > 0 { throw CommandFailure(.refused, "no row of the run \(old.id) can be undone") }
                return context.notices.print("okta: there is nothing to undo in the run \(old.id)")
            }
            try Confirmation(isGiven: isConfirmed, context: context)
                .ask(
                    "This would undo \(count) of the changes of the run \(old.id)"
                        + "\(old.undoes.map { ", itself an undo of \($0)," } ?? "") in \(old.orgURL)")
            header.phase = .running
            try journal.write(header)
            try await RunWork(journal, header, settings: settings, progress: progress, context: context)
                .finish(client)
            if problemCount > 0 {
                let rows = "\(problemCount) row\(problemCount == 1 ? "" : "s")"
                throw CommandFailure(.partlyDone, "\(rows) of the run \(old.id) could not be undone")
            }
        } catch {
            if let run, header.phase == .preparing { folder.remove(run, id: header.id) }
            throw error
        }
    }

    /// Writes the calls to a journal.
    private func plan(
        _ former: RunJournal, into journal: RunJournal
    ) async throws(CommandFailure) -> (count: Int, problems: [String], problemCount: Int) {
        var (count, problemCount, problems) = (0, 0, [String]())
        var before = Int.max
        let states: [RowState] = [.done, .begun, .unknown]
        while case let rows = try former.rows(states, before: before, limit: 200), let last = rows.last {
            before = last.number
            var portion: [RunJournal.NewRow] = []
            for row in rows {
                let step = row.state == .done ? Self.step(row) : .impossible("whether it was executed is not known")
                switch step {
                case .nothing: break
                case .call(let call):
                    count += 1
                    let place = RestoreCheck.place(ofRow: row.number)
                    portion.append(RunJournal.NewRow(number: count, place: place, call: call))
                case .impossible(let reason):
                    problemCount += 1
                    let target = (try? RowCall(row.call)).map { "\($0.action.name) \($0.target)" } ?? ""
                    if problems.count < Self.shown {
                        problems.append("row \(row.number) cannot be undone (\(target)): \(reason)")
                    }
                }
            }
            for (repeated, first) in try journal.add(portion) {
                count -= 1
                problemCount += 1
                problems.append("\(repeated.place) cannot be undone: \(first) changed the same object later")
            }
        }
        return (count, problems, problemCount)
    }

    private static let shown = 20

    /// Returns the undo of one change.
    private static func step(_ row: JournalRow) -> Step {
        let call: RowCall
        // The action may be of another version of the catalog.
        do throws(CommandFailure) { call = try RowCall(row.call) } catch { return .impossible(error.message) }
        switch call.action.change {
        case .none: return .nothing
        case .update:
            guard let before = row.before else { return .impossible("the object was not stored before the change") }
            return restore(before, call)
        case .deletion: return .impossible("a deleted object cannot be created again with its id")
        case .transition:
            guard let inverse = call.action.inverse else { return .impossible("no action reverts it") }
            return .call(RowCall(inverse.action, values: inverse.values(from: call.values)))
        case .membership(let isAddition, _):
            guard let wasMember = row.before?.bool else {
                return .impossible("whether it was a member before is not known")
            }
            if wasMember == isAddition { return .nothing }
            let method: HTTPRequest.Method = isAddition ? .delete : .put
            guard let inverse = call.action.related(method, call.action.path) else {
                return .impossible("no action reverts it")
            }
            return .call(RowCall(inverse.action, values: inverse.values(from: call.values)))
        case .creation:
            let path = ActionPath(call.action.path.segments + [.value("\u{0}")])
            guard let id = row.objectID, let deletion = call.action.related(.delete, path),
                let name = deletion.action.path.names.last
            else { return .impossible("no action deletes what it created") }
            var values = deletion.values(from: call.values)
            values[name] = id
            return .call(RowCall(deletion.action, values: values))
        case .invisible: return .impossible("no action reverts it")
        }
    }

    /// Returns a call that restores the object. It has only the fields that the change sent, since the org accepted
    /// those from the same action.
    private static func restore(_ before: JSON, _ call: RowCall) -> Step {
        let replacing = call.action.related(.put, call.action.path)?.action
        let action = replacing ?? call.action
        let kind = BodyKind(action.descriptor)
        guard kind.model != nil, before.members != nil else { return .impossible("the body is not an object") }
        var names = Set((call.body?.members ?? []).map(\.key))
        if !call.assignments.isEmpty {
            // The change sent the whole object with some fields set.
            names = Set((before.members ?? []).map(\.key))
        } else if call.action.descriptor.method == .put, let model = kind.model {
            // A replacement also removed the fields that it omitted.
            let declared = Set(FieldTypes(action.module.schema).fields(of: model).map(\.name))
            names.formUnion((before.members ?? []).map(\.key).filter(declared.contains))
        }
        let setsSecret =
            call.assignments.contains { $0.path.contains(where: SecretMask.requests.isSecret) }
            || call.body.map(SecretMask.requests.hasSecrets) ?? false
        guard !setsSecret else { return .impossible("it set a secret, and the org does not show the former one") }
        let body = JSON(members: names.sorted().map { ($0, before[$0] ?? .null) })
        var values: [String: String] = [:]
        for (own, other) in zip(action.path.names, call.action.path.names) { values[own] = call.values[other] }
        return .call(RowCall(action, values: values, body: body))
    }
}
#endif
