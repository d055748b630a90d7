(window as { pagefaultEarly?: unknown[] }).pagefaultEarly ??= [];
