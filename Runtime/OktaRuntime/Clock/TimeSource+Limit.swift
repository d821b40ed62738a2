extension TimeSource {
    /// Runs work with a deadline, and cancels it when the deadline passes.
    ///
    /// - Parameters:
    ///   - moment: The deadline, by ``elapsed``; nil for no limit.
    ///   - work: The work; it must end when it is cancelled.
    /// - Returns: The result of the work; nil when the deadline passed first.
    package func run<Value: Sendable>(
        until moment: Duration?, _ work: @escaping @Sendable () async -> Value
    ) async -> Value? {
        guard let moment else { return await work() }
        return await withTaskGroup(of: LimitedWork<Value>.self) { group in
            group.addTask { .done(await work()) }
            group.addTask {
                do { try await sleep(until: moment) } catch { return .noLimit }
                return .due
            }
            defer { group.cancelAll() }
            for await end in group {
                switch end {
                case .done(let value): return value
                case .due: return nil
                // The caller is cancelled, and so is the work, whose result counts.
                case .noLimit: continue
                }
            }
            return nil
        }
    }
}

private enum LimitedWork<Value: Sendable>: Sendable {
    case done(Value)
    case due
    case noLimit
}
