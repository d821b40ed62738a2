/// What a tail is told beside where to begin.
struct TailOptions: Sendable {
    let interval: Duration
    let overlap: Duration
    let fields: TailFields
    let time: any TimeSource

    /// Waits for the interval.
    func pause() async throws(OktaError) {
        do {
            try await time.sleep(until: time.elapsed + interval)
        } catch {
            throw .cancelled
        }
    }
}
