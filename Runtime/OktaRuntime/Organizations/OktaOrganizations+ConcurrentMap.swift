extension OktaOrganizations {
    /// Runs an operation in every org, several at the same time.
    ///
    /// ```swift
    /// let counts = await organizations.concurrentMap { organization in
    ///     try await organization.client.group.listGroups().collect().count
    /// }
    /// for result in counts { print(result.organization.name, result.value ?? 0, result.error.map { "\($0)" } ?? "") }
    /// ```
    ///
    /// A failure in one org becomes the result of that org and does not stop the others. Cancelling the task cancels
    /// all running operations and starts no more.
    ///
    /// - Parameters:
    ///   - limit: The maximum number of orgs at the same time, at least 1. An org that waits for its rate limit counts.
    ///   - operation: The operation.
    /// - Returns: A result for every org, in the order of ``all``.
    @discardableResult
    public func concurrentMap<Value: Sendable>(
        maximumConcurrency limit: Int = 16,
        _ operation: @escaping @Sendable (Member) async throws -> Value
    ) async -> [Result<Value>] {
        await withTaskGroup(of: (index: Int, outcome: Swift.Result<Value, any Error>).self) { group in
            var waiting = all.indices.makeIterator()
            func begin() {
                guard let index = waiting.next() else { return }
                let organization = all[index]
                group.addTask {
                    guard !Task.isCancelled else { return (index, .failure(OktaError.cancelled)) }
                    do {
                        return (index, .success(try await operation(organization)))
                    } catch {
                        return (index, .failure(error))
                    }
                }
            }
            for _ in 0..<max(1, min(limit, all.count)) { begin() }
            var outcomes: [Int: Swift.Result<Value, any Error>] = [:]
            for await (index, outcome) in group {
                outcomes[index] = outcome
                begin()
            }
            return all.enumerated().map { index, organization in
                Result(
                    organization: organization, outcome: outcomes[index] ?? .failure(OktaError.cancelled))
            }
        }
    }
}
