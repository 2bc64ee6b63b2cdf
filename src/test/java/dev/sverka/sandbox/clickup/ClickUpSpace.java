package dev.sverka.sandbox.clickup;

import java.time.Duration;
import java.time.Instant;

/** A small space with work in it: what a newcomer finds in the sandbox. */
public final class ClickUpSpace {

    private ClickUpSpace() {
    }

    /** Two lists of a folder, five tasks, and what people did on the days before. */
    public static void seed(ClickUpState state, Instant now) {
        String folder = state.folder(ClickUpState.SPACE, "Интернет-магазин «Вега»");
        String build = state.listIn(folder, "Разработка");
        String launch = state.listIn(folder, "Запуск");
        String catalogue = state.tasks().enter(build, "Каталог и карточка товара");
        String basket = state.tasks().enter(build, "Корзина и оплата");
        state.tasks().enter(build, "Личный кабинет");
        state.tasks().enter(launch, "Перенос на сервер заказчика");
        state.tasks().enter(launch, "Обучение менеджеров");
        state.tasks().edit(catalogue, "status", "complete");
        state.tasks().edit(basket, "status", "in progress");
        for (int day = 1; day <= 5; day++) {
            Instant morning = now.minus(Duration.ofDays(day));
            state.time().enter(ClickUpState.ANNA, day > 2 ? catalogue : basket, morning, Duration.ofMinutes(95),
                    "Вёрстка", true);
            state.time().enter(ClickUpState.BEN, basket, morning.plus(Duration.ofHours(2)), Duration.ofMinutes(50),
                    "Платёжный шлюз", day != 3);
        }
        state.time().enter(ClickUpState.ANNA, null, now.minus(Duration.ofDays(1)), Duration.ofMinutes(30), "Планёрка",
                false);
    }
}
