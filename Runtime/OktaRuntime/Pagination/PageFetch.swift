/// A page on its way while the caller works on the one before it.
///
/// Belongs to an iterator: when the iterator goes, by a `break` or an error, the call is cancelled.
final class PageFetch: Sendable {
    private let task: Task<Result<ListAnswer, OktaError>, Never>

    /// Begins to fetch.
    init(_ request: OktaRequest, of list: ListQuery) {
        task = Task {
            do throws(OktaError) {
                return .success(try await list.fetch(request))
            } catch {
                return .failure(error)
            }
        }
    }

    deinit {
        task.cancel()
    }

    /// The page; cancelling the caller's task ends the call.
    func answer() async throws(OktaError) -> ListAnswer {
        let result = await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
        return try result.get()
    }
}
